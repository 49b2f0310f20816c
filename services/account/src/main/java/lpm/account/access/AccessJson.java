package lpm.account.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.account.people.People.Person;
import lpm.account.people.People.SshKey;
import lpm.account.people.People.TokenLabel;
import lpm.platform.rest.ApiTime;
import org.jspecify.annotations.Nullable;

/** The API's shapes of users, profiles, tokens and keys. */
final class AccessJson {
    private AccessJson() {}

    /** Body of POST and PUT of a token. */
    record TokenBody(Optional<String> label, Optional<String> scopes, Optional<String> expiry) {}

    /** Body of POST and PUT of a key. */
    record SshKeyBody(Optional<String> label, Optional<String> sshKey) {}

    /** Body of POST and PUT of a user. */
    record UserBody(Optional<String> username, Optional<String> email, Optional<Boolean> restricted) {}

    /** Body of PUT of the profile. */
    record ProfileBody(
            Optional<String> email,
            Optional<String> timezone,
            Optional<Boolean> emailNotifications,
            Optional<String> lishAuthMethod,
            Optional<List<String>> authorizedKeys) {}

    /** A token; whole once, its first characters afterwards. */
    record TokenJson(long id, String label, String scopes, String created, String expiry, String token) {
        static TokenJson of(TokenLabel label) {
            return new TokenJson(
                    label.id(), label.label(), label.scopes(), label.created(), label.expiry(), label.token());
        }

        TokenJson whole(String secret) {
            return new TokenJson(id, label, scopes, created, expiry, secret);
        }
    }

    /** A public key. */
    record SshKeyJson(long id, String label, String sshKey, String created) {
        static SshKeyJson of(SshKey key) {
            return new SshKeyJson(key.id(), key.label(), key.sshKey(), key.created());
        }
    }

    /** A user of the account. */
    record UserJson(
            String username,
            String email,
            boolean restricted,
            List<String> sshKeys,
            boolean tfaEnabled,
            @Nullable String verifiedPhoneNumber,
            @Nullable String passwordCreated,
            @Nullable Map<String, String> lastLogin,
            String userType) {
        static UserJson of(Person person, List<SshKey> keys) {
            List<String> labels = keys.stream().map(SshKey::label).toList();
            return new UserJson(
                    person.username(), person.email(), person.restricted(), labels, false, null, null, null, "default");
        }
    }

    /** The caller's own profile. */
    record ProfileJson(
            long uid,
            String username,
            String email,
            String timezone,
            boolean emailNotifications,
            Map<String, Object> referrals,
            boolean ipWhitelistEnabled,
            String lishAuthMethod,
            List<String> authorizedKeys,
            boolean twoFactorAuth,
            boolean restricted,
            String authenticationType,
            String userType,
            @Nullable String verifiedPhoneNumber) {
        static ProfileJson of(Person person) {
            Map<String, Object> referrals =
                    Map.of("code", "", "url", "", "total", 0, "completed", 0, "pending", 0, "credit", 0);
            return new ProfileJson(
                    person.id(),
                    person.username(),
                    person.email(),
                    person.timezone(),
                    person.emailNotifications(),
                    referrals,
                    false,
                    person.lishAuthMethod(),
                    person.authorizedKeys(),
                    false,
                    person.restricted(),
                    "password",
                    "default",
                    null);
        }
    }

    /** A person as new as it can be. */
    static Person newcomer(long id, long account, String username, String email, boolean restricted, Instant now) {
        return new Person(
                id, account, username, email, restricted, "GMT", true, "password_keys", List.of(), ApiTime.of(now));
    }
}

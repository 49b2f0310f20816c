package lpm.account.people;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.UserId;
import lpm.platform.Query;
import lpm.platform.Rows;

/**
 * What is personal about users: names, addresses, keys, labels. Kept in rows of this service alone and written beside
 * the events, never in them, so that it can be corrected and erased.
 */
@Singleton
public final class People {
    public static final String PERSONS = "person_view";
    public static final String SSH_KEYS = "ssh_key_view";
    public static final String TOKEN_LABELS = "token_label_view";
    public static final String PREFERENCES = "preference_view";

    public static final String CONTACTS = "contact_view";

    /** The tables. */
    public static final List<String> TABLES = List.of(PERSONS, SSH_KEYS, TOKEN_LABELS, PREFERENCES, CONTACTS);

    private final Rows rows;

    public People(Rows rows) {
        this.rows = rows;
    }

    /** A user's name and wishes. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Person(
            long id,
            long accountId,
            String username,
            String email,
            boolean restricted,
            String timezone,
            boolean emailNotifications,
            String lishAuthMethod,
            List<String> authorizedKeys,
            String created) {
        public Person {
            authorizedKeys = List.copyOf(authorizedKeys);
        }
    }

    /** A public key a user wants on new Linodes. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record SshKey(long id, long accountId, long userId, String label, String sshKey, String created) {}

    /** How a token is shown: its label and the first characters of it. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record TokenLabel(
            long id,
            long accountId,
            long userId,
            String label,
            String scopes,
            String created,
            String expiry,
            String token) {}

    /** Who an account belongs to. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Contact(long accountId, Map<String, String> fields) {
        public Contact {
            fields = Map.copyOf(fields);
        }
    }

    /** Free JSON of the web interface. */
    public record Preferences(Map<String, Object> values) {
        public Preferences {
            values = Map.copyOf(values);
        }
    }

    public void put(Person person) {
        rows.put(PERSONS, String.valueOf(person.id()), person);
    }

    public Optional<Person> person(UserId user) {
        return rows.get(PERSONS, user.toString(), Person.class);
    }

    public Optional<Person> named(String username) {
        return rows.find(PERSONS, Query.where("username", username).limit(1), Person.class).stream()
                .findFirst();
    }

    /** The user of an account by name. */
    public Optional<Person> named(AccountId account, String username) {
        return named(username).filter(person -> person.accountId() == account.value());
    }

    public void forget(UserId user) {
        rows.delete(PERSONS, user.toString());
        rows.delete(PREFERENCES, user.toString());
        rows.find(SSH_KEYS, Query.where("user_id", user.value()), SshKey.class)
                .forEach(key -> rows.delete(SSH_KEYS, String.valueOf(key.id())));
        rows.find(TOKEN_LABELS, Query.where("user_id", user.value()), TokenLabel.class)
                .forEach(label -> rows.delete(TOKEN_LABELS, String.valueOf(label.id())));
    }

    public List<SshKey> keys(UserId user) {
        return rows.find(SSH_KEYS, Query.where("user_id", user.value()), SshKey.class);
    }

    public void put(SshKey key) {
        rows.put(SSH_KEYS, String.valueOf(key.id()), key);
    }

    public void forgetKey(long id) {
        rows.delete(SSH_KEYS, String.valueOf(id));
    }

    public void put(TokenLabel label) {
        rows.put(TOKEN_LABELS, String.valueOf(label.id()), label);
    }

    public void forgetToken(long id) {
        rows.delete(TOKEN_LABELS, String.valueOf(id));
    }

    /** What an account told of itself, by the API's field names. */
    public Map<String, String> contact(AccountId account) {
        return rows.get(CONTACTS, account.toString(), Contact.class)
                .map(Contact::fields)
                .orElse(Map.of());
    }

    public void put(Contact contact) {
        rows.put(CONTACTS, String.valueOf(contact.accountId()), contact);
    }

    public Map<String, Object> preferences(UserId user) {
        return rows.get(PREFERENCES, user.toString(), Preferences.class)
                .map(Preferences::values)
                .orElse(Map.of());
    }

    public void put(UserId user, Preferences preferences) {
        rows.put(PREFERENCES, user.toString(), preferences);
    }
}

package lpm.account.access;

import java.time.Instant;
import java.util.Optional;
import lpm.platform.rest.ApiTime;
import lpm.platform.rest.Refused;

/** The rules of what users type about users, tokens and keys. */
public final class Checks {
    private static final int MAX_EMAIL = 128;
    private static final int MAX_LABEL = 100;
    private static final int MAX_KEY_LABEL = 64;
    private static final int MAX_KEY = 16_384;

    private Checks() {}

    public static String username(Optional<String> given) {
        return given.filter(name -> name.matches("[A-Za-z0-9][A-Za-z0-9_-]{1,30}[A-Za-z0-9]"))
                .orElseThrow(() -> Refused.of(
                        "username", "Must be 3-32 characters: letters, digits, _ and - between letters or digits"));
    }

    public static String email(Optional<String> given) {
        return given.filter(text -> text.length() <= MAX_EMAIL && text.matches("[^\\s@<>\"]+@[^\\s@<>\"]+"))
                .orElseThrow(() -> Refused.of("email", "Must be an e-mail address"));
    }

    public static String tokenLabel(Optional<String> given) {
        return given.filter(text -> text.length() <= MAX_LABEL && printable(text))
                .orElseThrow(() -> Refused.of("label", "Length must be 1-" + MAX_LABEL + " characters"));
    }

    static String keyLabel(Optional<String> given) {
        return given.filter(text -> text.length() <= MAX_KEY_LABEL && printable(text))
                .orElseThrow(() -> Refused.of("label", "Length must be 1-" + MAX_KEY_LABEL + " characters"));
    }

    static String sshKey(Optional<String> given) {
        String kinds = "(ssh-(dss|rsa|ed25519)|ecdsa-sha2-nistp[0-9]{3}|sk-[a-z0-9@.-]+) [A-Za-z0-9+/=]+( .*)?";
        return given.map(String::strip)
                .filter(text -> text.length() <= MAX_KEY && text.matches(kinds))
                .orElseThrow(() -> Refused.of("ssh_key", "SSH Key must start with its type, followed by the key"));
    }

    /** When a token ends; never where nothing is said. */
    public static Instant expiry(Optional<String> given, Instant now) {
        if (given.isEmpty()) {
            return TokenIssuer.NEVER;
        }
        return ApiTime.parse(given.get())
                .filter(time -> time.isAfter(now) && !time.isAfter(TokenIssuer.NEVER))
                .orElseThrow(() -> Refused.of("expiry", "Must be a time in the future such as 2028-01-02T03:04:05"));
    }

    private static boolean printable(String text) {
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }
}

package lpm.verify.history;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the audit's chain of hashes came to at a position.
 *
 * @param hash SHA-256 in hex
 */
public record Checkpoint(long position, String hash) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    /** From what {@link #toString} gave; anything else is an {@link IllegalArgumentException}. */
    public static Checkpoint of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected a checkpoint like 1204:<64 hex digits>, as verify prints it, found '" + text + "'");
        }
        return new Checkpoint(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    @Override
    public String toString() {
        return position + ":" + hash;
    }
}

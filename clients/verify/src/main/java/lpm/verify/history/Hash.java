package lpm.verify.history;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 with the prefixes of RFC 6962, section 2.1: what is a leaf can never be taken for a node. */
public final class Hash {
    private Hash() {}

    /** Of content, in hex. */
    public static String leaf(byte[] content) {
        return of((byte) 0, content);
    }

    /** Of two hashes, in hex. */
    public static String node(String left, String right) {
        return of((byte) 1, HexFormat.of().parseHex(left + right));
    }

    private static String of(byte prefix, byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(prefix);
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

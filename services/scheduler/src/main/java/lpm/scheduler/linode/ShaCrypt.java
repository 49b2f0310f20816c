package lpm.scheduler.linode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** SHA-512-crypt, as {@code /etc/shadow} has it: {@code $6$salt$hash} with the usual 5000 rounds. */
final class ShaCrypt {
    static final String ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static final int SALT_CHARACTERS = 16;

    private static final int ROUNDS = 5000;
    private static final int SIZE = 64;

    private ShaCrypt() {}

    static String hash(String password, String salt) {
        byte[] key = password.getBytes(StandardCharsets.UTF_8);
        byte[] salted = salt.getBytes(StandardCharsets.US_ASCII);
        byte[] digest = first(key, salted);
        byte[] p = spread(repeatedDigest(key, key.length), key.length);
        byte[] s = spread(repeatedDigest(salted, 16 + (digest[0] & 0xff)), salted.length);
        MessageDigest sha = sha512();
        for (int round = 0; round < ROUNDS; round++) {
            sha.update((round & 1) == 1 ? p : digest);
            if (round % 3 != 0) {
                sha.update(s);
            }
            if (round % 7 != 0) {
                sha.update(p);
            }
            sha.update((round & 1) == 1 ? digest : p);
            digest = sha.digest();
        }
        return "$6$" + salt + "$" + encoded(digest);
    }

    private static byte[] first(byte[] key, byte[] salt) {
        MessageDigest other = sha512();
        other.update(key);
        other.update(salt);
        other.update(key);
        byte[] alternate = other.digest();
        MessageDigest sha = sha512();
        sha.update(key);
        sha.update(salt);
        sha.update(spread(alternate, key.length));
        for (int length = key.length; length > 0; length >>= 1) {
            sha.update((length & 1) != 0 ? alternate : key);
        }
        return sha.digest();
    }

    private static byte[] repeatedDigest(byte[] text, int times) {
        MessageDigest sha = sha512();
        for (int i = 0; i < times; i++) {
            sha.update(text);
        }
        return sha.digest();
    }

    /** A digest repeated to a length. */
    private static byte[] spread(byte[] digest, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length);
        for (int left = length; left > 0; left -= SIZE) {
            out.writeBytes(Arrays.copyOf(digest, Math.min(left, SIZE)));
        }
        return out.toByteArray();
    }

    private static String encoded(byte[] digest) {
        StringBuilder text = new StringBuilder();
        int a = 0;
        int b = 21;
        int c = 42;
        for (int i = 0; i < 21; i++) {
            append(text, digest[a], digest[b], digest[c], 4);
            int next = a;
            a = b + 1;
            b = c + 1;
            c = next + 1;
        }
        append(text, (byte) 0, (byte) 0, digest[63], 2);
        return text.toString();
    }

    private static void append(StringBuilder text, byte high, byte middle, byte low, int characters) {
        int bits = (high & 0xff) << 16 | (middle & 0xff) << 8 | (low & 0xff);
        for (int i = 0; i < characters; i++) {
            text.append(ALPHABET.charAt(bits & 0x3f));
            bits >>= 6;
        }
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }
}

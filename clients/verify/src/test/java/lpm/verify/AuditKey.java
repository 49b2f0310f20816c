package lpm.verify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/** What the audit of stories is signed with. */
final class AuditKey {
    private static final KeyPair PAIR = pair();

    private AuditKey() {}

    static PublicKey known() {
        return PAIR.getPublic();
    }

    static String sign(long position, String hash) {
        return sign(PAIR, position, hash);
    }

    /** By a key that nobody trusts. */
    static String forge(long position, String hash) {
        return sign(pair(), position, hash);
    }

    private static String sign(KeyPair pair, long position, String hash) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(
                    ("lpm audit checkpoint\n" + position + "\n" + hash + "\n").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

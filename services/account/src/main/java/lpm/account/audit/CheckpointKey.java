package lpm.account.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Signs checkpoints. Who has the databases must not have this key. */
public final class CheckpointKey {
    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey key;

    private CheckpointKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads {@code LPM_AUDIT_KEY}.
     *
     * @param text PKCS#8 as PEM, or its base64 alone; another key is an {@link IllegalArgumentException}
     */
    public static CheckpointKey of(String text) {
        String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            PKCS8EncodedKeySpec encoded =
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
            return new CheckpointKey(KeyFactory.getInstance(ALGORITHM).generatePrivate(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            // no cause: its message may hold parts of the key
            throw new IllegalArgumentException("LPM_AUDIT_KEY must be an Ed25519 private key in PKCS#8, as "
                    + "'openssl genpkey -algorithm ed25519' makes it; found " + text.length()
                    + " characters of something else");
        }
    }

    /** The signature of a checkpoint, in base64. */
    String sign(long position, String hash) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(
                    ("lpm audit checkpoint\n" + position + "\n" + hash + "\n").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a checkpoint cannot be signed", e);
        }
    }
}

package lpm.verify.invariant;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import lpm.verify.history.Checkpoint;

/**
 * What a checker knows besides what it reads.
 *
 * @param canaries secrets that were given to the platform and must not be found
 * @param auditKeys public halves of the keys that checkpoints of the audit are signed with
 * @param kept checkpoints that were kept outside the platform
 */
public record Given(List<String> canaries, List<PublicKey> auditKeys, List<Checkpoint> kept) {
    public static final Given NOTHING = new Given(List.of(), List.of(), List.of());

    /**
     * A public key of the audit.
     *
     * @param text X.509 as PEM, or its base64 alone; anything else is an {@link IllegalArgumentException}
     */
    public static PublicKey auditKey(String text) {
        String base64 = text.replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            X509EncodedKeySpec encoded =
                    new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
            return KeyFactory.getInstance("Ed25519").generatePublic(encoded);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected an Ed25519 public key, as 'openssl pkey -pubout' writes it, found '" + text.strip() + "'",
                    e);
        }
    }

    public Given {
        canaries = List.copyOf(canaries);
        auditKeys = List.copyOf(auditKeys);
        kept = List.copyOf(kept);
    }
}

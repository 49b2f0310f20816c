package lpm.local;

import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Tokens, keys and passwords of one local cloud: made at the first start and the same ever after. */
public final class Secrets {
    static final String PUBLIC_AUDIT_KEY = "audit-key.public";

    private static final String AUDIT_KEY = "audit-key";
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Kept kept;

    private Secrets(Kept kept) {
        this.kept = kept;
    }

    static Secrets in(DataDir dir) {
        Secrets secrets = new Secrets(Kept.open(dir.of("secrets")));
        secrets.token();
        secrets.operatorToken();
        return secrets;
    }

    /** The customer's token that is there from the start. */
    public String token() {
        return secret("token");
    }

    public String operatorToken() {
        return secret("operator-token");
    }

    /** The key under which services recognise tokens. */
    String tokenKey() {
        return secret("token-key");
    }

    /** What the audit is signed with: PKCS#8 in base64. */
    String auditKey() {
        makeAuditKey();
        return kept.value(AUDIT_KEY);
    }

    /** Its public half: X.509 in base64. */
    String publicAuditKey() {
        makeAuditKey();
        return kept.value(PUBLIC_AUDIT_KEY);
    }

    /** The public half is kept last, so where it is there, both are. */
    private void makeAuditKey() {
        kept.get(PUBLIC_AUDIT_KEY, () -> {
            KeyPair made = keyPair();
            kept.put(AUDIT_KEY, base64(made.getPrivate()));
            return base64(made.getPublic());
        });
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    private static String base64(Key key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** The password of a database role. */
    public String password(String role) {
        return secret("password." + role);
    }

    /** All there are so far. */
    List<String> all() {
        return kept.values();
    }

    private String secret(String name) {
        return kept.get(name, Secrets::random);
    }

    private static String random() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

package lpm.local;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** Tokens, keys and passwords of one local cloud: made at the first start and the same ever after. */
public final class Secrets {
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

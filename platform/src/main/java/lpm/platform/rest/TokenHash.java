package lpm.platform.rest;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Hashes tokens under a key that no database holds, so that a stolen database opens nothing. */
@Singleton
public final class TokenHash {
    private static final String ALGORITHM = "HmacSHA256";

    private static final int MIN_KEY_BYTES = 16;

    private final Optional<SecretKeySpec> key;

    public TokenHash(@ConfigProperty(name = "lpm.token.key") Optional<String> keyHex) {
        key = keyHex.map(TokenHash::key);
    }

    private static SecretKeySpec key(String keyHex) {
        byte[] bytes = HexFormat.of().parseHex(keyHex.strip());
        if (bytes.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "LPM_TOKEN_KEY must have at least " + MIN_KEY_BYTES + " bytes in hex, found " + bytes.length);
        }
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    /** Fails where there is no key: a service that checks tokens must not start without. */
    void require() {
        if (key.isEmpty()) {
            throw new IllegalStateException("LPM_TOKEN_KEY is missing: the key, in hex, under which tokens are hashed");
        }
    }

    /** HMAC-SHA-256 in hex. */
    public String of(String token) {
        require();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key.orElseThrow());
            return HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}

package lpm.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedBoxTest {
    private static final byte[] CONTENT = "a hash and two keys".getBytes(StandardCharsets.UTF_8);

    private final KeyPair host = SealedBox.keyPair(new SecureRandom());

    private static String publicKey(KeyPair key) {
        return Base64.getEncoder().encodeToString(key.getPublic().getEncoded());
    }

    @Test
    void theHolderOfTheKeyOpensIt() throws GeneralSecurityException {
        String box = SealedBox.seal(publicKey(host), "linode:1/ref", CONTENT, new SecureRandom());

        assertThat(SealedBox.open(host, "linode:1/ref", box)).isEqualTo(CONTENT);
        assertThat(Base64.getDecoder().decode(box)).hasSize(32 + CONTENT.length + 16);
    }

    @Test
    void aKeyPairOfJavasOwnGeneratorServesToo() throws GeneralSecurityException {
        KeyPair generated = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        String box = SealedBox.seal(publicKey(generated), "", CONTENT, new SecureRandom());

        assertThat(SealedBox.open(generated, "", box)).isEqualTo(CONTENT);
    }

    @Test
    void nobodyElseOpensItNorInAnotherContextNorChanged() {
        String box = SealedBox.seal(publicKey(host), "linode:1/ref", CONTENT, new SecureRandom());
        KeyPair other = SealedBox.keyPair(new SecureRandom());
        byte[] changed = Base64.getDecoder().decode(box);
        changed[40] ^= 1;

        assertThatThrownBy(() -> SealedBox.open(other, "linode:1/ref", box))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> SealedBox.open(host, "linode:2/ref", box))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() ->
                        SealedBox.open(host, "linode:1/ref", Base64.getEncoder().encodeToString(changed)))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> SealedBox.open(host, "linode:1/ref", "c2hvcnQ="))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void onlyTheRandomNumbersTellTwoBoxesOfTheSameApart() {
        String key = publicKey(host);

        assertThat(SealedBox.seal(key, "c", CONTENT, new Random(1)))
                .isEqualTo(SealedBox.seal(key, "c", CONTENT, new Random(1)))
                .isNotEqualTo(SealedBox.seal(key, "c", CONTENT, new Random(2)));
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThatThrownBy(() -> SealedBox.seal("no key", "c", CONTENT, new SecureRandom()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no key");
    }
}

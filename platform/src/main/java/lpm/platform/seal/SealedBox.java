package lpm.platform.seal;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bytes to the holder of an X25519 key, as HPKE's base mode does (Java 25 has no HPKE of its own): an ephemeral
 * key pair for each box, HKDF-SHA-256 of the agreed secret, AES-256-GCM. A box opens only in the context it was made
 * for. Text is base64.
 */
public final class SealedBox {
    private static final String CURVE = "X25519";
    private static final byte[] PURPOSE = bytes("lpm sealed box 1");
    private static final int PUBLIC_BYTES = 32;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

    private SealedBox() {}

    /**
     * A box for the holder of a key.
     *
     * @param publicKey X.509 encoding in base64; another key is an {@link IllegalArgumentException}
     * @param context what the box is about: not secret, not in the box, needed to open it
     * @param random where the ephemeral key comes from: the same numbers give the same box
     */
    public static String seal(String publicKey, String context, byte[] content, RandomGenerator random) {
        try {
            PublicKey to = publicKey(publicKey);
            KeyPair once = keyPair(random);
            byte[] header = raw(once.getPublic());
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, agreed(once.getPrivate(), to), header, to, context)
                    .doFinal(content);
            return Base64.getEncoder().encodeToString(joined(header, sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("expected an X25519 key in base64, found " + publicKey, e);
        }
    }

    /** What is in a box. Fails if it was made for another key or context, or was changed. */
    public static byte[] open(KeyPair key, String context, String box) throws GeneralSecurityException {
        byte[] all = decoded(box);
        if (all.length <= PUBLIC_BYTES) {
            throw new GeneralSecurityException("the box has only " + all.length + " bytes");
        }
        byte[] header = Arrays.copyOf(all, PUBLIC_BYTES);
        byte[] secret = agreed(key.getPrivate(), publicKeyOf(header));
        return cipher(Cipher.DECRYPT_MODE, secret, header, key.getPublic(), context)
                .doFinal(all, PUBLIC_BYTES, all.length - PUBLIC_BYTES);
    }

    /** A new key pair out of these random numbers. */
    public static KeyPair keyPair(RandomGenerator random) {
        byte[] scalar = new byte[KEY_BYTES];
        random.nextBytes(scalar);
        try {
            KeyFactory keys = KeyFactory.getInstance(CURVE);
            PrivateKey secret = keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
            PublicKey base = keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT));
            return new KeyPair(publicKeyOf(agreed(secret, base)), secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no X25519", e);
        }
    }

    private static byte[] agreed(PrivateKey mine, PublicKey other) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
        agreement.init(mine);
        agreement.doPhase(other, true);
        return agreement.generateSecret();
    }

    /** Key and nonce come of the agreed secret: an ephemeral key is used once, so no nonce is used twice. */
    private static Cipher cipher(int mode, byte[] secret, byte[] header, PublicKey to, String context)
            throws GeneralSecurityException {
        byte[] about = bytes(context);
        byte[] derived = KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(secret)
                        .addSalt(joined(header, to.getEncoded()))
                        .thenExpand(joined(PURPOSE, about), KEY_BYTES + NONCE_BYTES));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(derived, 0, KEY_BYTES, "AES"),
                new GCMParameterSpec(TAG_BITS, derived, KEY_BYTES, NONCE_BYTES));
        cipher.updateAAD(about);
        return cipher;
    }

    private static PublicKey publicKey(String base64) throws GeneralSecurityException {
        return KeyFactory.getInstance(CURVE).generatePublic(new X509EncodedKeySpec(decoded(base64)));
    }

    private static PublicKey publicKeyOf(byte[] littleEndian) throws GeneralSecurityException {
        BigInteger u = new BigInteger(1, reversed(littleEndian));
        return KeyFactory.getInstance(CURVE).generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
    }

    /** The last bytes of the X.509 encoding are the key itself. */
    private static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - PUBLIC_BYTES, encoded.length);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[bytes.length - 1 - i];
        }
        return turned;
    }

    private static byte[] decoded(String base64) throws GeneralSecurityException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not base64", e);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

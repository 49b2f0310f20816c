package lpm.hostagent.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.random.RandomGenerator;
import lpm.contracts.LinodeId;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.platform.json.Json;
import lpm.platform.seal.SealedBox;

/** The host's key pair, made at its first start: secrets are sealed to the public half; the other never leaves here. */
public final class HostKey {
    private final KeyPair pair;

    private HostKey(KeyPair pair) {
        this.pair = pair;
    }

    /** The key in {@code host-key} and {@code host-key.pub} of the agent's data folder, made if there is none. */
    public static HostKey in(Path data) throws IOException, GeneralSecurityException {
        Path secret = data.resolve("host-key");
        Path known = data.resolve("host-key.pub");
        if (!Files.exists(known) || !Files.exists(secret)) {
            KeyPair made = SealedBox.keyPair(new SecureRandom());
            write(secret, made.getPrivate().getEncoded());
            write(known, made.getPublic().getEncoded());
        }
        KeyFactory keys = KeyFactory.getInstance("X25519");
        PublicKey publicKey = keys.generatePublic(new X509EncodedKeySpec(read(known)));
        PrivateKey privateKey = keys.generatePrivate(new PKCS8EncodedKeySpec(read(secret)));
        return new HostKey(new KeyPair(publicKey, privateKey));
    }

    /** A key out of these random numbers, kept nowhere: for hosts of simulations and tests. */
    public static HostKey of(RandomGenerator random) {
        return new HostKey(SealedBox.keyPair(random));
    }

    /** The public half, in base64. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /** What was sealed to this host for one Linode under one reference; anything else is refused. */
    public RootAccess open(LinodeId linode, String secretRef, String sealed) {
        try {
            byte[] content = SealedBox.open(pair, RootAccess.context(linode, secretRef), sealed);
            return Json.read(new String(content, StandardCharsets.UTF_8), RootAccess.class);
        } catch (GeneralSecurityException e) {
            throw new PortRefusal("the secret " + secretRef + " was not sealed to this host's key for linode " + linode
                    + ": was host-key replaced after it had come? Order the disk again (" + e.getMessage() + ")");
        }
    }

    private static byte[] read(Path file) throws IOException {
        return Base64.getDecoder().decode(Files.readString(file).strip());
    }

    private static void write(Path file, byte[] key) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getEncoder().encodeToString(key), StandardCharsets.US_ASCII);
    }
}

package lpm.hostagent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** The host's key pair, made at its first start: secrets are sealed to the public half; the other never leaves here. */
final class HostKey {
    private HostKey() {}

    /** The public half, in base64. */
    static String publicKey(Path data) throws IOException, GeneralSecurityException {
        Path known = data.resolve("host-key.pub");
        if (!Files.exists(known)) {
            KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
            write(data.resolve("host-key"), pair.getPrivate().getEncoded());
            write(known, pair.getPublic().getEncoded());
        }
        return Files.readString(known).strip();
    }

    private static void write(Path file, byte[] key) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getEncoder().encodeToString(key), StandardCharsets.US_ASCII);
    }
}

package lpm.scheduler.host;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import lpm.contracts.HostId;

/** The opaque name of a host that customers see, and that operators find it by. */
public final class HostUuid {
    private HostUuid() {}

    /** A stable opaque name of the host that changes on a move, as the API has it: 40 hex digits. */
    public static String of(Optional<HostId> host) {
        try {
            byte[] name = host.map(HostId::value).orElse("").getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(name);
            return "%040x".formatted(new BigInteger(1, hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}

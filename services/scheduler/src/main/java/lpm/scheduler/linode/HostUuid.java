package lpm.scheduler.linode;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import lpm.contracts.HostRef;

/** The opaque name of a host that customers see. */
final class HostUuid {
    private HostUuid() {}

    /** A stable opaque name of the host that changes on a move, as the API has it: 40 hex digits. */
    static String of(Optional<HostRef> at) {
        try {
            byte[] name = at.map(each -> each.host().value()).orElse("").getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(name);
            return "%040x".formatted(new BigInteger(1, hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}

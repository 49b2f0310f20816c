package lpm.hostagent.simulated;

import java.time.Instant;
import java.util.Optional;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;

/** A span in which a guest really ran on a host; open while it does. */
public record Run(LinodeId linode, HostId host, long ownerEpoch, Instant from, Optional<Instant> until) {
    /** Whether both ran at some moment. */
    boolean overlaps(Run other) {
        return linode.equals(other.linode)
                && until.map(end -> end.isAfter(other.from)).orElse(true)
                && other.until.map(end -> end.isAfter(from)).orElse(true);
    }
}

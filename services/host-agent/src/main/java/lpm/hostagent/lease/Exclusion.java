package lpm.hostagent.lease;

import java.util.Optional;
import lpm.contracts.HostId;

/** How a pool keeps a host's block devices out, whatever that host does. */
public interface Exclusion {
    /** Shuts the host out; answers when the pool itself shows it. Repeating it does no harm. */
    void shutOut(LeaseRecord revoked);

    /** Takes all block devices off this host, then lets it in again; answers when the pool shows it. */
    void letIn(LeaseRecord revoked);

    /** The newest revoked lease of a host, for a host that may not even read its own. */
    Optional<LeaseRecord> noted(HostId host);
}

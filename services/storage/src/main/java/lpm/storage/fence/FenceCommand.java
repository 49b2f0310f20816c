package lpm.storage.fence;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.contracts.Region;

/** What a host's fence is told. */
public sealed interface FenceCommand extends Command {
    /** The asked number of an order that follows no earlier one. */
    long FIRST = -1;

    HostRef fenced();

    @Override
    default String aggregateId() {
        return "fence:" + fenced().host();
    }

    /**
     * Revoke the leases by this live host.
     *
     * @param after the number of the order that stayed without answer, or {@link #FIRST}
     */
    record Revoke(HostRef fenced, Region region, HostRef by, List<PoolId> pools, boolean declaredDead, long after)
            implements FenceCommand {
        public Revoke {
            pools = List.copyOf(pools);
        }
    }

    /** No live host can be asked now. */
    record Delay(HostRef fenced, Region region, boolean declaredDead, String reason, long after)
            implements FenceCommand {}

    /** A pool refuses the host from now on. */
    record NoteRevoked(HostRef fenced, PoolId pool, long unrenewedForMillis) implements FenceCommand {}

    /** The host still renews at a pool. */
    record NoteFresh(HostRef fenced, PoolId pool, long unrenewedForMillis) implements FenceCommand {}

    /** Since this pool was fenced, R has passed after the last renewal. */
    record NoteStopped(HostRef fenced, PoolId pool) implements FenceCommand {}
}

package lpm.contracts.host;

import java.util.List;
import lpm.contracts.Event;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;

/**
 * Soft state of hosts on {@code lpm.host.telemetry}: never stored as events, lost after an hour. The cost: after a
 * restart a reader knows nothing for one interval.
 */
public sealed interface Telemetry extends Event {
    /** The host and its registration. */
    HostRef by();

    /** Every two seconds: the agent lives, and how busy its host is. */
    record Heartbeat(HostRef by, boolean leaseHeld, double cpuLoad, long freeMemoryMib, List<LinodeLoad> linodes)
            implements Telemetry {
        public Heartbeat {
            linodes = List.copyOf(linodes);
        }
    }

    /** CPU use of one Linode, 1.0 = one full virtual CPU, and how fast it dirties memory. */
    record LinodeLoad(LinodeId linode, double cpu, double dirtyMibPerSecond) {}

    /** An estimate from the hypervisor's counters while a copy runs. */
    record CopyProgress(
            HostRef by,
            MigrationId migration,
            LinodeId linode,
            int round,
            long sentMib,
            long remainingMib,
            double mibPerSecond,
            int percent)
            implements Telemetry {}

    /**
     * Every ten seconds for each pool: how it is, as this host sees it.
     *
     * @param type rbd, dir or netfs
     * @param replicas how many copies of each byte the pool keeps
     * @param capacityMib what it holds at most, 0 where it does not tell
     * @param usedMib what it holds now, with all that shares its devices
     * @param detail why it is not ok; empty if it is
     */
    record PoolSeen(
            HostRef by,
            PoolId pool,
            String type,
            PoolState state,
            int replicas,
            long capacityMib,
            long usedMib,
            String detail)
            implements Telemetry {}

    /** How a pool is. */
    enum PoolState {
        ok,
        /** It serves, but with fewer copies than it should have, or soon not any more. */
        degraded,
        /** Reads or writes wait. */
        unavailable
    }
}

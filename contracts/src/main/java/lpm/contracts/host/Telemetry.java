package lpm.contracts.host;

import java.util.List;
import lpm.contracts.Event;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

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
}

package lpm.hostagent.disks;

import lpm.contracts.host.Telemetry.PoolState;

/** How a pool is, as this host sees it. */
public interface PoolHealth {
    /** Looks now; may take seconds. A pool that does not answer is unavailable, not an error. */
    Sight look();

    /** The fields are those of {@link lpm.contracts.host.Telemetry.PoolSeen}. */
    record Sight(String type, PoolState state, int replicas, long capacityMib, long usedMib, String detail) {
        /** Nobody answered. */
        public static Sight unavailable(String type, String detail) {
            return new Sight(type, PoolState.unavailable, 0, 0, 0, detail);
        }
    }
}

package lpm.contracts.storage;

import java.util.List;
import lpm.contracts.Event;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.contracts.Region;

/** Shutting a host out of the pools; aggregate {@code fence:<host>}. */
public sealed interface FenceEvent extends Event {
    HostRef fenced();

    /** The leases of the host are to be revoked at these pools by a live host. */
    record FenceRequested(HostRef fenced, Region region, HostRef by, List<PoolId> pools, long minUnrenewedMillis)
            implements FenceEvent {
        public FenceRequested {
            pools = List.copyOf(pools);
        }
    }

    /** No live host could be asked so far; it is tried again. */
    record FenceDelayed(HostRef fenced, Region region, boolean declaredDead, String reason) implements FenceEvent {}

    /**
     * One pool refuses the host from now on.
     *
     * @param unrenewedForMillis for so long at least the lease was not renewed at any pool fenced so far
     */
    record PoolFenced(HostRef fenced, PoolId pool, long unrenewedForMillis) implements FenceEvent {}

    /** The host still renews its lease: it lives, only we do not hear it. Nothing was changed. */
    record FenceRefused(HostRef fenced, String reason) implements FenceEvent {}

    /** All pools refuse the host, and every domain on it has had the time R to be stopped by its watchdog. */
    record FenceConfirmed(HostRef fenced) implements FenceEvent {
        /** The host that is out. */
        public HostId host() {
            return fenced.host();
        }
    }
}

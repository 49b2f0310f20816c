package lpm.contracts.scheduler;

import java.util.List;
import lpm.contracts.AccountId;
import lpm.contracts.Event;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.host.HostReport.HostAnnounced;

/** A host, its registrations and what is held on it; aggregate {@code host:<id>}. */
public sealed interface HostEvent extends Event {
    HostId host();

    /** An operator made it known; its topics and credentials exist. */
    record HostEnrolled(HostId host, Region region, String rack, String hostUuid) implements HostEvent {}

    /** It stands in another rack. */
    record HostUpdated(HostId host, String rack) implements HostEvent {}

    /**
     * An incarnation of it is accepted under a new epoch; older epochs are not believed any more. With an epoch that
     * was there before and nothing in {@code heldBefore} it only tells the same incarnation its epoch again.
     */
    record HostRegistered(
            HostId host,
            long hostEpoch,
            String incarnation,
            Region region,
            Resources capacity,
            List<PoolId> pools,
            String hypervisor,
            String cpuModel,
            String migrationUri,
            String publicKey,
            List<LinodeId> heldBefore)
            implements HostEvent {
        public HostRegistered {
            pools = List.copyOf(pools);
            heldBefore = List.copyOf(heldBefore);
        }
    }

    /**
     * Another incarnation wants this id while the current one is heard. It is registered as soon as the current one is
     * silent or fenced.
     */
    record HostClaimRefused(HostId host, HostAnnounced claim, long currentEpoch) implements HostEvent {}

    /** Memory and virtual CPUs are held for a Linode. */
    record CapacityReserved(HostId host, LinodeId linode, AccountId account, Resources resources)
            implements HostEvent {}

    /** What is held for a Linode changed size. */
    record CapacityResized(HostId host, LinodeId linode, Resources from, Resources to) implements HostEvent {}

    /** Nothing is held for the Linode any more. */
    record CapacityReleased(HostId host, LinodeId linode, Resources resources) implements HostEvent {}

    /** No new placements, by an operator. */
    record HostCordoned(HostId host, String reason) implements HostEvent {}

    /** New placements again. */
    record HostUncordoned(HostId host) implements HostEvent {}

    /** It is being emptied: no new placements, its Linodes move away. */
    record HostDrainStarted(HostId host, long drain, int maxParallel) implements HostEvent {}

    /** Nothing is on it any more. */
    record HostDrained(HostId host, long drain) implements HostEvent {}

    /** Not heard on telemetry, or without a lease: no new placements. Stops nothing. */
    record HostSuspected(HostId host, long hostEpoch, long silentMillis) implements HostEvent {}

    /** Heard again. */
    record HostTrusted(HostId host, long hostEpoch) implements HostEvent {}

    /** Its lease has not been renewed, or an operator declared it dead: storage is asked to shut it out. */
    record HostFenceRequested(HostRef fenced, Region region, boolean declaredDead, String because)
            implements HostEvent {
        @Override
        public HostId host() {
            return fenced.host();
        }
    }

    /**
     * Its lease is renewed: it lives, only we do not hear it. Nothing was changed; it is asked again while it is
     * silent.
     */
    record HostFenceRefused(HostRef fenced, String reason) implements HostEvent {
        @Override
        public HostId host() {
            return fenced.host();
        }
    }

    /** It is shut out at the pool and its domains had the time to be stopped; these Linodes were on it. */
    record HostFenced(HostRef fenced, Region region, List<LinodeId> linodes) implements HostEvent {
        public HostFenced {
            linodes = List.copyOf(linodes);
        }

        @Override
        public HostId host() {
            return fenced.host();
        }
    }

    /** A report under an older epoch than the newest; kept, believed by nobody. */
    record StaleReportRejected(HostId host, long reportedEpoch, long currentEpoch, String reportType)
            implements HostEvent {}
}

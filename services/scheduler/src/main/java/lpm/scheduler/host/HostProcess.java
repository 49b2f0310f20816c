package lpm.scheduler.host;

import java.time.Duration;
import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.host.HostCommand.AdoptEpoch;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.CapacityReleased;
import lpm.contracts.scheduler.HostEvent.CapacityReserved;
import lpm.contracts.scheduler.HostEvent.CapacityResized;
import lpm.contracts.scheduler.HostEvent.HostClaimRefused;
import lpm.contracts.scheduler.HostEvent.HostCordoned;
import lpm.contracts.scheduler.HostEvent.HostDrainStarted;
import lpm.contracts.scheduler.HostEvent.HostDrained;
import lpm.contracts.scheduler.HostEvent.HostEnrolled;
import lpm.contracts.scheduler.HostEvent.HostFenceRefused;
import lpm.contracts.scheduler.HostEvent.HostFenceRequested;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.contracts.scheduler.HostEvent.HostSuspected;
import lpm.contracts.scheduler.HostEvent.HostTrusted;
import lpm.contracts.scheduler.HostEvent.HostUncordoned;
import lpm.contracts.scheduler.HostEvent.HostUpdated;
import lpm.contracts.scheduler.HostEvent.StaleReportRejected;
import lpm.contracts.storage.StorageCommand.FenceHost;
import lpm.platform.Process;
import lpm.platform.Reaction;
import lpm.scheduler.host.FleetHostCommand.RequestFence;

/** Tells a host its epoch, and storage whom to shut out. What a lost host held is recovery's business. */
public final class HostProcess implements Process<HostEvent> {
    /**
     * How long after a refused fence it is asked for again, if the host is still silent: W, so that a host which has
     * just begun to look at the lease has seen enough of it.
     */
    static final Duration FENCE_AGAIN_AFTER = Duration.ofSeconds(20);

    @Override
    public List<Reaction> react(Envelope<HostEvent> event) {
        return switch (event.data()) {
            case HostRegistered e ->
                List.of(Reaction.send(new AdoptEpoch(new HostRef(e.host(), e.hostEpoch()), e.incarnation())));
            case HostFenceRequested e ->
                List.of(Reaction.send(new FenceHost(e.fenced(), e.region(), e.declaredDead())));
            case HostFenceRefused e ->
                List.of(Reaction.remind(
                        FENCE_AGAIN_AFTER,
                        new RequestFence(e.host(), e.fenced().hostEpoch(), false, "still silent: " + e.reason())));
            case HostEnrolled _,
                    HostUpdated _,
                    HostClaimRefused _,
                    CapacityReserved _,
                    CapacityResized _,
                    CapacityReleased _,
                    HostCordoned _,
                    HostUncordoned _,
                    HostDrainStarted _,
                    HostDrained _,
                    HostSuspected _,
                    HostTrusted _,
                    HostFenced _,
                    StaleReportRejected _ -> List.of();
        };
    }
}

package lpm.scheduler.host;

import java.util.Optional;
import lpm.contracts.host.HostReport.HostAnnounced;
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
import lpm.scheduler.host.HostState.Drain;
import lpm.scheduler.host.HostState.Enrolled;
import lpm.scheduler.host.HostState.Fenced;
import lpm.scheduler.host.HostState.Holdings;
import lpm.scheduler.host.HostState.Identity;
import lpm.scheduler.host.HostState.Marks;
import lpm.scheduler.host.HostState.Registered;
import lpm.scheduler.host.HostState.Registration;
import lpm.scheduler.host.HostState.Standing;
import lpm.scheduler.host.HostState.Unknown;

/** What each event changes in a host's state. */
final class HostFolding {
    private HostFolding() {}

    static HostState evolve(HostState state, HostEvent event) {
        return switch (event) {
            case HostEnrolled e -> new Enrolled(new Identity(e.host(), e.region(), e.rack(), e.hostUuid()), Marks.NONE);
            case HostUpdated e -> identity(state, e.rack());
            case HostRegistered e -> registered(state, e);
            case HostClaimRefused e -> claimed(state, e.claim());
            case CapacityReserved e ->
                holdings(state, HostDecider.holdings(state).hold(e.linode(), e.resources()));
            case CapacityResized e ->
                holdings(state, HostDecider.holdings(state).hold(e.linode(), e.to()));
            case CapacityReleased e ->
                holdings(state, HostDecider.holdings(state).release(e.linode()));
            case HostCordoned e ->
                marks(
                        state,
                        new Marks(
                                Optional.of(e.reason()),
                                HostDecider.marks(state).drain()));
            case HostUncordoned _ -> marks(state, Marks.NONE);
            case HostDrainStarted e -> drain(state, new Drain(e.drain(), e.maxParallel(), false));
            case HostDrained e -> drained(state, e.drain());
            case HostSuspected _ -> believed(state).standing(Standing.suspected);
            case HostTrusted _ -> believed(state).standing(Standing.trusted);
            case HostFenceRequested e ->
                believed(state).standing(e.declaredDead() ? Standing.condemned : Standing.fencing);
            case HostFenceRefused _ -> believed(state).standing(Standing.spared);
            case HostFenced _ -> fenced(believed(state));
            case StaleReportRejected _ -> state;
        };
    }

    private static HostState registered(HostState state, HostRegistered e) {
        Registration registration = new Registration(
                e.hostEpoch(),
                e.incarnation(),
                e.capacity(),
                e.pools(),
                e.hypervisor(),
                e.cpuModel(),
                e.migrationUri(),
                e.publicKey());
        if (state instanceof Registered it && it.registration().hostEpoch() == e.hostEpoch()) {
            return new Registered(it.identity(), registration, it.standing(), it.marks(), it.holdings(), it.claim());
        }
        return new Registered(
                HostDecider.identity(state),
                registration,
                Standing.trusted,
                HostDecider.marks(state),
                HostDecider.holdings(state),
                Optional.empty());
    }

    private static Fenced fenced(Registered it) {
        return new Fenced(it.identity(), it.registration(), it.marks(), it.holdings());
    }

    private static HostState claimed(HostState state, HostAnnounced claim) {
        Registered it = believed(state);
        return new Registered(
                it.identity(), it.registration(), it.standing(), it.marks(), it.holdings(), Optional.of(claim));
    }

    private static HostState identity(HostState state, String rack) {
        Identity old = HostDecider.identity(state);
        Identity identity = new Identity(old.host(), old.region(), rack, old.hostUuid());
        return switch (state) {
            case Unknown _ -> throw impossible(state);
            case Enrolled it -> new Enrolled(identity, it.marks());
            case Registered it ->
                new Registered(identity, it.registration(), it.standing(), it.marks(), it.holdings(), it.claim());
            case Fenced it -> new Fenced(identity, it.registration(), it.marks(), it.holdings());
        };
    }

    private static HostState drain(HostState state, Drain drain) {
        return marks(state, new Marks(HostDecider.marks(state).cordoned(), Optional.of(drain)));
    }

    private static HostState drained(HostState state, long id) {
        int maxParallel =
                HostDecider.marks(state).drain().map(Drain::maxParallel).orElse(1);
        return drain(state, new Drain(id, maxParallel, true));
    }

    private static HostState marks(HostState state, Marks marks) {
        return switch (state) {
            case Unknown _ -> throw impossible(state);
            case Enrolled it -> new Enrolled(it.identity(), marks);
            case Registered it ->
                new Registered(it.identity(), it.registration(), it.standing(), marks, it.holdings(), it.claim());
            case Fenced it -> new Fenced(it.identity(), it.registration(), marks, it.holdings());
        };
    }

    private static HostState holdings(HostState state, Holdings holdings) {
        return switch (state) {
            case Unknown _, Enrolled _ -> throw impossible(state);
            case Registered it ->
                new Registered(it.identity(), it.registration(), it.standing(), it.marks(), holdings, it.claim());
            case Fenced it -> new Fenced(it.identity(), it.registration(), it.marks(), holdings);
        };
    }

    private static Registered believed(HostState state) {
        if (state instanceof Registered it) {
            return it;
        }
        throw impossible(state);
    }

    private static IllegalStateException impossible(HostState state) {
        return new IllegalStateException("this event cannot follow in " + state);
    }
}

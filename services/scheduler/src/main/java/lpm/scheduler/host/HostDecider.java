package lpm.scheduler.host;

import java.util.Optional;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.HostCordoned;
import lpm.contracts.scheduler.HostEvent.HostDrainStarted;
import lpm.contracts.scheduler.HostEvent.HostDrained;
import lpm.contracts.scheduler.HostEvent.HostEnrolled;
import lpm.contracts.scheduler.HostEvent.HostUncordoned;
import lpm.contracts.scheduler.HostEvent.HostUpdated;
import lpm.contracts.scheduler.HostEvent.StaleReportRejected;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Refusal;
import lpm.platform.Scope;
import lpm.scheduler.host.FleetHostCommand.CordonHost;
import lpm.scheduler.host.FleetHostCommand.EnrolHost;
import lpm.scheduler.host.FleetHostCommand.MarkDrained;
import lpm.scheduler.host.FleetHostCommand.MarkDraining;
import lpm.scheduler.host.FleetHostCommand.NoteAnnounced;
import lpm.scheduler.host.FleetHostCommand.NoteFenceRefused;
import lpm.scheduler.host.FleetHostCommand.NoteFenced;
import lpm.scheduler.host.FleetHostCommand.NoteHeard;
import lpm.scheduler.host.FleetHostCommand.NoteReported;
import lpm.scheduler.host.FleetHostCommand.NoteSilent;
import lpm.scheduler.host.FleetHostCommand.ReleaseCapacity;
import lpm.scheduler.host.FleetHostCommand.RequestFence;
import lpm.scheduler.host.FleetHostCommand.ReserveCapacity;
import lpm.scheduler.host.FleetHostCommand.ResizeCapacity;
import lpm.scheduler.host.FleetHostCommand.UncordonHost;
import lpm.scheduler.host.FleetHostCommand.UpdateHost;
import lpm.scheduler.host.HostState.Drain;
import lpm.scheduler.host.HostState.Enrolled;
import lpm.scheduler.host.HostState.Fenced;
import lpm.scheduler.host.HostState.Holdings;
import lpm.scheduler.host.HostState.Identity;
import lpm.scheduler.host.HostState.Marks;
import lpm.scheduler.host.HostState.Registered;
import lpm.scheduler.host.HostState.Unknown;

/**
 * Which incarnation of a host is believed, what is held on it, and who may still be put there. It has the last word on
 * capacity: planners propose from rows that may be a moment old, and this refuses what does not fit.
 */
public final class HostDecider implements Decider<FleetHostCommand, HostState, HostEvent> {
    @Override
    public HostState initial() {
        return new Unknown();
    }

    @Override
    public Decision<HostEvent> decide(FleetHostCommand command, HostState state) {
        return switch (command) {
            case EnrolHost enrol -> enrol(enrol, state);
            case NoteAnnounced note -> Registering.announced(note.announced(), state);
            case ReleaseCapacity release -> Capacity.release(release, state);
            default -> state instanceof Unknown ? Decision.reject(Refusal.notFound()) : known(command, state);
        };
    }

    private static Decision<HostEvent> known(FleetHostCommand command, HostState state) {
        return switch (command) {
            case EnrolHost _, NoteAnnounced _, ReleaseCapacity _ -> throw new IllegalStateException("decided above");
            case UpdateHost update -> update(update, state);
            case NoteReported note -> reported(note, state);
            case ReserveCapacity reserve -> Capacity.reserve(reserve, state);
            case ResizeCapacity resize -> Capacity.resize(resize, state);
            case CordonHost cordon -> cordon(cordon, state);
            case UncordonHost uncordon ->
                marks(state).equals(Marks.NONE)
                        ? Decision.accept()
                        : Decision.accept(new HostUncordoned(uncordon.host()));
            case MarkDraining mark -> draining(mark, state);
            case MarkDrained mark -> drained(mark, state);
            case NoteSilent note -> Fencing.silent(note, state);
            case NoteHeard note -> Fencing.heard(note, state);
            case RequestFence request -> Fencing.request(request, state);
            case NoteFenceRefused note -> Fencing.refused(note, state);
            case NoteFenced note -> Fencing.fenced(note, state);
        };
    }

    private static Decision<HostEvent> enrol(EnrolHost enrol, HostState state) {
        Identity wanted = new Identity(enrol.host(), enrol.region(), enrol.rack(), enrol.hostUuid());
        if (state instanceof Unknown) {
            return Decision.accept(new HostEnrolled(wanted.host(), wanted.region(), wanted.rack(), wanted.hostUuid()));
        }
        return identity(state).equals(wanted)
                ? Decision.accept()
                : Decision.reject("id", "Host " + enrol.host() + " is already enrolled.");
    }

    private static Decision<HostEvent> update(UpdateHost update, HostState state) {
        return identity(state).rack().equals(update.rack())
                ? Decision.accept()
                : Decision.accept(new HostUpdated(update.host(), update.rack()));
    }

    private static Decision<HostEvent> reported(NoteReported note, HostState state) {
        long current = hostEpoch(state);
        boolean stale = note.reportedEpoch() < current || state instanceof Fenced;
        return stale
                ? Decision.accept(
                        new StaleReportRejected(note.host(), note.reportedEpoch(), current, note.reportType()))
                : Decision.accept();
    }

    private static Decision<HostEvent> cordon(CordonHost cordon, HostState state) {
        return marks(state).cordoned().isPresent()
                ? Decision.accept()
                : Decision.accept(new HostCordoned(cordon.host(), cordon.reason()));
    }

    private static Decision<HostEvent> draining(MarkDraining mark, HostState state) {
        if (!(state instanceof Registered)) {
            return Decision.reject("Host " + mark.host() + " is not registered: there is nothing to drain.");
        }
        Optional<Drain> drain = marks(state).drain();
        if (drain.isPresent() && drain.get().id() == mark.drain()) {
            return Decision.accept();
        }
        if (drain.isPresent() && !drain.get().done()) {
            return Decision.reject("Host " + mark.host() + " is being drained by drain "
                    + drain.get().id() + ".");
        }
        return Decision.accept(new HostDrainStarted(mark.host(), mark.drain(), mark.maxParallel()));
    }

    private static Decision<HostEvent> drained(MarkDrained mark, HostState state) {
        Optional<Drain> drain = marks(state).drain().filter(each -> each.id() == mark.drain());
        if (drain.isEmpty() || drain.get().done()) {
            return Decision.accept();
        }
        return holdings(state).held().isEmpty()
                ? Decision.accept(new HostDrained(mark.host(), mark.drain()))
                : Decision.reject("Host " + mark.host() + " still holds "
                        + holdings(state).held().size() + " Linodes.");
    }

    @Override
    public HostState evolve(HostState state, HostEvent event) {
        return HostFolding.evolve(state, event);
    }

    @Override
    public Scope scope(HostState state) {
        long hostEpoch = hostEpoch(state);
        return hostEpoch == 0 ? Scope.NONE : new Scope(null, null, hostEpoch);
    }

    static Identity identity(HostState state) {
        return switch (state) {
            case Unknown _ -> throw new IllegalStateException("nobody enrolled this host");
            case Enrolled it -> it.identity();
            case Registered it -> it.identity();
            case Fenced it -> it.identity();
        };
    }

    static Marks marks(HostState state) {
        return switch (state) {
            case Unknown _ -> Marks.NONE;
            case Enrolled it -> it.marks();
            case Registered it -> it.marks();
            case Fenced it -> it.marks();
        };
    }

    static Holdings holdings(HostState state) {
        return switch (state) {
            case Unknown _, Enrolled _ -> Holdings.NONE;
            case Registered it -> it.holdings();
            case Fenced it -> it.holdings();
        };
    }

    /** The newest registration's epoch; 0 before the first. */
    static long hostEpoch(HostState state) {
        return switch (state) {
            case Unknown _, Enrolled _ -> 0;
            case Registered it -> it.registration().hostEpoch();
            case Fenced it -> it.registration().hostEpoch();
        };
    }
}

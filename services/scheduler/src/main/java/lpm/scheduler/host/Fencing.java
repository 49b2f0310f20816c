package lpm.scheduler.host;

import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.HostFenceRefused;
import lpm.contracts.scheduler.HostEvent.HostFenceRequested;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostSuspected;
import lpm.contracts.scheduler.HostEvent.HostTrusted;
import lpm.platform.Decision;
import lpm.scheduler.host.FleetHostCommand.NoteFenceRefused;
import lpm.scheduler.host.FleetHostCommand.NoteFenced;
import lpm.scheduler.host.FleetHostCommand.NoteHeard;
import lpm.scheduler.host.FleetHostCommand.NoteSilent;
import lpm.scheduler.host.FleetHostCommand.RequestFence;
import lpm.scheduler.host.HostState.Registered;
import lpm.scheduler.host.HostState.Standing;

/**
 * From silence to the fence. Only storage can say that a host is out: it looks at the lease. While it looks, hearing
 * the host again changes nothing, because the lease may be revoked already.
 */
final class Fencing {
    private Fencing() {}

    static Decision<HostEvent> silent(NoteSilent note, HostState state) {
        return under(state, note.hostEpoch()) instanceof Registered it && it.standing() == Standing.trusted
                ? Decision.accept(new HostSuspected(note.host(), note.hostEpoch(), note.silentMillis()))
                : Decision.accept();
    }

    static Decision<HostEvent> heard(NoteHeard note, HostState state) {
        return under(state, note.hostEpoch()) instanceof Registered it && isSilent(it)
                ? Decision.accept(new HostTrusted(note.host(), note.hostEpoch()))
                : Decision.accept();
    }

    static Decision<HostEvent> request(RequestFence request, HostState state) {
        if (!(under(state, request.hostEpoch()) instanceof Registered it)) {
            return Decision.accept();
        }
        boolean wanted = request.declaredDead() ? it.standing() != Standing.condemned : isSilent(it);
        return wanted
                ? Decision.accept(new HostFenceRequested(
                        it.ref(), it.identity().region(), request.declaredDead(), request.because()))
                : Decision.accept();
    }

    static Decision<HostEvent> refused(NoteFenceRefused note, HostState state) {
        return under(state, note.fenced().hostEpoch()) instanceof Registered it && it.standing() == Standing.fencing
                ? Decision.accept(new HostFenceRefused(note.fenced(), note.reason()))
                : Decision.accept();
    }

    static Decision<HostEvent> fenced(NoteFenced note, HostState state) {
        return under(state, note.fenced().hostEpoch()) instanceof Registered it
                ? Decision.accept(Registering.afterwards(
                        it,
                        new HostFenced(
                                note.fenced(),
                                it.identity().region(),
                                it.holdings().linodes())))
                : Decision.accept();
    }

    private static boolean isSilent(Registered it) {
        return it.standing() == Standing.suspected || it.standing() == Standing.spared;
    }

    /** The state, if it is the registration of that epoch; an unknown host otherwise. */
    private static HostState under(HostState state, long hostEpoch) {
        return HostDecider.hostEpoch(state) == hostEpoch ? state : new HostState.Unknown();
    }
}

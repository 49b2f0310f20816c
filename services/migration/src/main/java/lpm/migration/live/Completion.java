package lpm.migration.live;

import java.util.Optional;
import lpm.contracts.BootSpec;
import lpm.contracts.HostRef;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.IncompleteCopyGivenUp;
import lpm.contracts.migration.MigrationEvent.MigrationCompleted;
import lpm.contracts.migration.MigrationEvent.MigrationLost;
import lpm.contracts.migration.MigrationEvent.MigrationUnknown;
import lpm.migration.live.AttemptCommand.Begin;
import lpm.migration.live.AttemptCommand.Cancel;
import lpm.migration.live.AttemptCommand.NoteBootFailed;
import lpm.migration.live.AttemptCommand.NoteBooted;
import lpm.migration.live.AttemptCommand.NoteGuestPause;
import lpm.migration.live.AttemptCommand.NoteHost;
import lpm.migration.live.AttemptCommand.NoteIncomingReady;
import lpm.migration.live.AttemptCommand.NoteIncomingRefused;
import lpm.migration.live.AttemptCommand.NoteOrderRefused;
import lpm.migration.live.AttemptCommand.NoteReceived;
import lpm.migration.live.AttemptCommand.NoteReleased;
import lpm.migration.live.AttemptCommand.NoteResumed;
import lpm.migration.live.AttemptCommand.NoteSeen;
import lpm.migration.live.AttemptCommand.NoteSendFailed;
import lpm.migration.live.AttemptCommand.NoteSendStarted;
import lpm.migration.live.AttemptCommand.NoteSilence;
import lpm.migration.live.AttemptCommand.NoteStopped;
import lpm.migration.live.AttemptCommand.NoteStorageReady;
import lpm.migration.live.AttemptCommand.NoteStorageRefused;
import lpm.migration.live.AttemptCommand.Step;
import lpm.migration.live.MigrationState.Committed;
import lpm.platform.Decision;

/**
 * After the commit: the source is out of it for good, so there is only forward. It ends when the target runs the
 * Linode, or when it is proved that the target never will: fenced, registered anew, or nothing there in an answer
 * to a question that was asked after the last order to resume or boot. Time alone proves nothing.
 */
final class Completion {
    /**
     * How often a cold move's target is told to boot. After that it is only asked: an answer to a question that
     * follows the last order proves that no boot is on its way any more, so recovery may start the Linode
     * elsewhere.
     */
    static final int MAX_BOOTS = 3;

    /**
     * How often the target is asked before a copy that is not whole is given up. The last of these questions goes out
     * 45 s after the commit; libvirt ends a job without a source within 36 s.
     */
    static final int PATIENT_PROBES = 4;

    private Completion() {}

    static Decision<MigrationEvent> decide(AttemptCommand command, Committed state) {
        Terms terms = state.terms();
        return switch (command) {
            case NoteResumed(var _, HostRef by, long epoch, long pausedMillis) ->
                atTarget(terms, by, epoch) ? complete(state, Optional.of(pausedMillis)) : Decision.accept();
            case NoteBooted(var _, HostRef by, long epoch) ->
                atTarget(terms, by, epoch) ? complete(state, Optional.empty()) : Decision.accept();
            case NoteBootFailed(var _, HostRef by, long epoch, String reason) ->
                atTarget(terms, by, epoch) && ordersBoot(terms, state.probe())
                        ? Decision.accept(ask(state, "the boot failed: " + reason))
                        : Decision.accept();
            case NoteSeen note -> seen(state, note);
            case NoteOrderRefused(var _, HostRef by, String order, String reason) -> refused(state, by, order, reason);
            case NoteHost(var _, HostKnown known) -> targetOut(terms, known);
            case NoteSilence silence -> silence(state, silence);
            case Cancel _, Begin _, NoteStorageReady _, NoteStorageRefused _, NoteGuestPause _ -> Decision.accept();
            case NoteIncomingReady _, NoteIncomingRefused _, NoteSendStarted _ -> Decision.accept();
            case NoteReceived _, NoteReleased _, NoteSendFailed _, NoteStopped _ -> Decision.accept();
        };
    }

    /** The next epoch is used by nobody else: whatever carries it at the target is this attempt's doing. */
    private static boolean atTarget(Terms terms, HostRef by, long ownerEpoch) {
        return terms.isTarget(by) && ownerEpoch == terms.nextEpoch();
    }

    private static Decision<MigrationEvent> seen(Committed state, NoteSeen note) {
        Terms terms = state.terms();
        if (!terms.isTarget(note.by())) {
            return Decision.accept();
        }
        DomainSeen seen = note.seen();
        return switch (seen.state()) {
            case running ->
                atTarget(terms, note.by(), seen.ownerEpoch()) ? complete(state, Optional.empty()) : Decision.accept();
            case paused ->
                note.answered() && !Handover.holdsWholeCopy(terms, seen) ? incomplete(state) : Decision.accept();
            case suspended -> Decision.accept();
            case off, absent ->
                note.answered() && !seen.jobRunning()
                        ? lost(terms, "nothing of the Linode is at the target")
                        : Decision.accept();
        };
    }

    /** The source is gone, so what the target lacks will never come; libvirt is given its time to see that itself. */
    private static Decision<MigrationEvent> incomplete(Committed state) {
        return state.givenUp() || state.probe() < PATIENT_PROBES
                ? Decision.accept()
                : Decision.accept(giveUp(state, "the target's copy is not whole and nobody sends any more"));
    }

    private static Decision<MigrationEvent> targetOut(Terms terms, HostKnown known) {
        if (known.fenced(terms.target())) {
            return lost(terms, "the target was fenced");
        }
        return known.anew(terms.target()) ? lost(terms, "the target was registered anew") : Decision.accept();
    }

    /** Only the first refusal asks at once: an agent that refuses everything must not make a tight loop. */
    private static Decision<MigrationEvent> refused(Committed state, HostRef by, String order, String reason) {
        return by.host().equals(state.terms().target().host()) && state.probe() == 0
                ? Decision.accept(ask(state, "the target refused " + order + ": " + reason))
                : Decision.accept();
    }

    private static Decision<MigrationEvent> silence(Committed state, NoteSilence silence) {
        if (silence.step() != Step.committed || silence.probe() != state.probe()) {
            return Decision.accept();
        }
        HostKnown known = silence.target();
        HostRef target = state.terms().target();
        return known.fenced(target) || known.anew(target)
                ? targetOut(state.terms(), known)
                : Decision.accept(ask(state, "no word from the target"));
    }

    private static boolean ordersBoot(Terms terms, int probe) {
        return terms.cold() && probe < MAX_BOOTS;
    }

    private static MigrationEvent giveUp(Committed state, String reason) {
        Terms terms = state.terms();
        return new IncompleteCopyGivenUp(
                terms.migration(), terms.linode(), terms.target(), terms.nextEpoch(), reason, state.probe() + 1);
    }

    private static MigrationEvent ask(Committed state, String reason) {
        if (state.givenUp()) {
            return giveUp(state, reason);
        }
        Terms terms = state.terms();
        int probe = state.probe() + 1;
        Optional<BootSpec> boot = ordersBoot(terms, probe) ? Optional.of(terms.spec()) : Optional.empty();
        return new MigrationUnknown(
                terms.migration(),
                terms.linode(),
                terms.mode(),
                terms.source(),
                terms.target(),
                terms.ownerEpoch(),
                terms.nextEpoch(),
                true,
                boot,
                reason,
                probe);
    }

    private static Decision<MigrationEvent> complete(Committed state, Optional<Long> pausedMillis) {
        Terms terms = state.terms();
        return Decision.accept(new MigrationCompleted(
                terms.migration(),
                terms.linode(),
                terms.source(),
                terms.target(),
                terms.nextEpoch(),
                state.predictedPauseMillis(),
                state.hypervisorPauseMillis(),
                pausedMillis));
    }

    private static Decision<MigrationEvent> lost(Terms terms, String reason) {
        return Decision.accept(new MigrationLost(
                terms.migration(),
                terms.linode(),
                terms.source(),
                terms.target(),
                Optional.of(terms.nextEpoch()),
                reason));
    }
}

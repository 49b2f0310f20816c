package lpm.migration.live;

import java.util.Optional;
import lpm.contracts.BootSpec;
import lpm.contracts.HostRef;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.CopyStarted;
import lpm.contracts.migration.MigrationEvent.HandoverCommitted;
import lpm.contracts.migration.MigrationEvent.MigrationAborted;
import lpm.contracts.migration.MigrationEvent.MigrationCancelRequested;
import lpm.contracts.migration.MigrationEvent.MigrationUnknown;
import lpm.contracts.migration.MigrationEvent.TargetReceived;
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
import lpm.migration.live.MigrationState.Window;
import lpm.platform.Decision;

/**
 * The hand-over window. The hypervisor may suspend, wake or destroy the source's copy by itself, so only three
 * things end it: the source's word about its call, what the source shows when it is asked after its call, and the
 * fence of the source. A silent, fenced or failed target ends nothing, and neither does a timeout: it only asks.
 */
final class Handover {
    static final String RELEASED = "source released";
    static final String ABSENT = "source absent";
    static final String FENCED = "source fenced";
    private static final String TARGET_OUT = "the target was fenced or registered anew";

    private Handover() {}

    static Decision<MigrationEvent> decide(AttemptCommand command, Window state) {
        Terms terms = state.terms();
        return switch (command) {
            case NoteSendStarted note -> copyStarted(state, note);
            case NoteReceived(var _, HostRef by) -> terms.isTarget(by) ? received(state) : Decision.accept();
            case NoteReleased(var _, HostRef by, long pause) ->
                !terms.cold() && by.equals(terms.source())
                        ? commit(terms, RELEASED, Optional.of(pause))
                        : Decision.accept();
            case NoteSendFailed(var _, HostRef by, DomainSeen seen, String reason) ->
                terms.isSource(by) && !terms.cold() ? sourceShows(state, by, seen, reason) : Decision.accept();
            case NoteSeen note -> seen(state, note);
            case NoteStopped(var _, HostRef by, long epoch) -> stopped(state, by, epoch);
            case NoteOrderRefused(var _, HostRef by, String order, String reason) -> refused(state, by, order, reason);
            case NoteHost(var _, HostKnown known) -> hostOut(state, known, known);
            case NoteSilence silence -> silence(state, silence);
            case Cancel(var _, String reason) -> cancel(state, reason);
            case Begin _, NoteStorageReady _, NoteStorageRefused _ -> Decision.accept();
            case NoteIncomingReady _, NoteIncomingRefused _ -> Decision.accept();
            case NoteResumed _, NoteBooted _, NoteBootFailed _, NoteGuestPause _ -> Decision.accept();
        };
    }

    private static Decision<MigrationEvent> copyStarted(Window state, NoteSendStarted note) {
        Terms terms = state.terms();
        if (!note.by().equals(terms.source()) || state.predictedPauseMillis().isPresent()) {
            return Decision.accept();
        }
        return Decision.accept(new CopyStarted(
                terms.migration(), terms.linode(), note.predictedPauseMillis(), note.predictedTotalMillis()));
    }

    private static Decision<MigrationEvent> received(Window state) {
        Terms terms = state.terms();
        return state.received() || terms.cold()
                ? Decision.accept()
                : Decision.accept(new TargetReceived(terms.migration(), terms.linode()));
    }

    private static Decision<MigrationEvent> seen(Window state, NoteSeen note) {
        Terms terms = state.terms();
        if (terms.isTarget(note.by())) {
            return holdsWholeCopy(terms, note.seen()) ? received(state) : Decision.accept();
        }
        if (!terms.isSource(note.by())) {
            return Decision.accept();
        }
        // What a host shows unasked may be older than the call. Under a newer registration it cannot be: the call named
        // the
        // older one and will never be taken any more.
        boolean afterTheCall = note.answered() || !note.by().equals(terms.source());
        return afterTheCall ? sourceShows(state, note.by(), note.seen(), "the source was asked") : Decision.accept();
    }

    static boolean holdsWholeCopy(Terms terms, DomainSeen seen) {
        return seen.state() == DomainSeen.State.paused
                && !seen.jobRunning()
                && seen.migration().filter(terms.migration()::equals).isPresent();
    }

    /** The source's own word, spoken after its call. */
    private static Decision<MigrationEvent> sourceShows(Window state, HostRef by, DomainSeen seen, String reason) {
        Terms terms = state.terms();
        if (seen.jobRunning()) {
            // It still sends. A cancel that got lost on the way is said again.
            return state.cancelRequested()
                    ? Decision.accept(cancelRequested(terms, "still asked to stop"))
                    : Decision.accept();
        }
        return switch (seen.state()) {
            case running ->
                // A cold move's source runs on until it has shut down; an older registration's shutdown never comes.
                terms.cold() && by.equals(terms.source()) ? Decision.accept() : abort(terms, false, false, reason);
            case suspended -> terms.cold() ? Decision.accept() : abort(terms, true, false, reason);
            case off, absent -> commit(terms, ABSENT, Optional.empty());
            case paused -> Decision.accept();
        };
    }

    /** A stop may have been reported before the shutdown was ordered, and a boot after it: ask before believing. */
    private static Decision<MigrationEvent> stopped(Window state, HostRef by, long ownerEpoch) {
        Terms terms = state.terms();
        if (!terms.cold() || !by.equals(terms.source()) || ownerEpoch != terms.ownerEpoch()) {
            return Decision.accept();
        }
        return Decision.accept(ask(state, terms.source(), terms.target(), "the Linode stopped at the source"));
    }

    /** Only the first refusal asks at once: an agent that refuses everything must not make a tight loop. */
    private static Decision<MigrationEvent> refused(Window state, HostRef by, String order, String reason) {
        Terms terms = state.terms();
        if (!by.host().equals(terms.source().host()) || state.probe() > 0) {
            return Decision.accept();
        }
        HostRef source = by.hostEpoch() > terms.source().hostEpoch() ? by : terms.source();
        return Decision.accept(ask(state, source, terms.target(), "the source refused " + order + ": " + reason));
    }

    private static Decision<MigrationEvent> hostOut(Window state, HostKnown source, HostKnown target) {
        Terms terms = state.terms();
        if (source.fenced(terms.source())) {
            // A cold move needs nothing but the proof that the source is stopped. A live one needs the memory too:
            // where the
            // target has it whole, nothing is lost; otherwise the Linode is started anew by recovery.
            return terms.cold() || state.received()
                    ? commit(terms, FENCED, Optional.empty())
                    : abort(terms, false, true, "the source was fenced before the target had the whole copy");
        }
        if (source.anew(terms.source())) {
            HostRef now = source.newest(terms.source());
            return Decision.accept(ask(state, now, target.newest(terms.target()), "the source was registered anew"));
        }
        return uselessTarget(state, target) ? Decision.accept(cancelRequested(terms, TARGET_OUT)) : Decision.accept();
    }

    /**
     * A copy to a target that is out only keeps the Linode busy: the source is asked to stop, and has the last word.
     */
    private static boolean uselessTarget(Window state, HostKnown known) {
        Terms terms = state.terms();
        boolean out = known.fenced(terms.target()) || known.anew(terms.target());
        return out && !terms.cold() && !state.cancelRequested();
    }

    private static Decision<MigrationEvent> silence(Window state, NoteSilence silence) {
        boolean current =
                switch (silence.step()) {
                    case window -> silence.probe() == state.probe();
                    case received -> state.received();
                    case preparing, inviting, committed -> false;
                };
        if (!current) {
            return Decision.accept();
        }
        Terms terms = state.terms();
        if (silence.source().fenced(terms.source())) {
            return hostOut(state, silence.source(), silence.target());
        }
        HostRef source = silence.source().newest(terms.source());
        HostRef target = silence.target().newest(terms.target());
        MigrationEvent question = ask(state, source, target, "no word from the source");
        return uselessTarget(state, silence.target())
                ? Decision.accept(cancelRequested(terms, TARGET_OUT), question)
                : Decision.accept(question);
    }

    private static Decision<MigrationEvent> cancel(Window state, String reason) {
        // A cold source is already shutting down; booting at the target is the shortest way back to a running Linode.
        return state.cancelRequested() || state.terms().cold()
                ? Decision.accept()
                : Decision.accept(cancelRequested(state.terms(), reason));
    }

    private static MigrationEvent cancelRequested(Terms terms, String reason) {
        return new MigrationCancelRequested(
                terms.migration(), terms.linode(), terms.source(), terms.ownerEpoch(), reason);
    }

    private static MigrationEvent ask(Window state, HostRef source, HostRef target, String reason) {
        Terms terms = state.terms();
        return new MigrationUnknown(
                terms.migration(),
                terms.linode(),
                terms.mode(),
                source,
                target,
                terms.ownerEpoch(),
                terms.nextEpoch(),
                false,
                Optional.empty(),
                reason,
                state.probe() + 1);
    }

    private static Decision<MigrationEvent> commit(Terms terms, String because, Optional<Long> hypervisorPauseMillis) {
        Optional<BootSpec> boot = terms.cold() ? Optional.of(terms.spec()) : Optional.empty();
        return Decision.accept(new HandoverCommitted(
                terms.migration(),
                terms.linode(),
                terms.target(),
                terms.nextEpoch(),
                boot,
                because,
                hypervisorPauseMillis));
    }

    private static Decision<MigrationEvent> abort(
            Terms terms, boolean sourceSuspended, boolean sourceFenced, String reason) {
        return Decision.accept(new MigrationAborted(
                terms.migration(),
                terms.linode(),
                terms.source(),
                terms.target(),
                terms.ownerEpoch(),
                terms.nextEpoch(),
                true,
                sourceSuspended,
                sourceFenced,
                reason));
    }
}

package lpm.migration.live;

import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.CopyStarted;
import lpm.contracts.migration.MigrationEvent.GuestPauseMeasured;
import lpm.contracts.migration.MigrationEvent.HandoverCommitted;
import lpm.contracts.migration.MigrationEvent.HandoverOpened;
import lpm.contracts.migration.MigrationEvent.IncompleteCopyGivenUp;
import lpm.contracts.migration.MigrationEvent.MigrationAborted;
import lpm.contracts.migration.MigrationEvent.MigrationCancelRequested;
import lpm.contracts.migration.MigrationEvent.MigrationCompleted;
import lpm.contracts.migration.MigrationEvent.MigrationLost;
import lpm.contracts.migration.MigrationEvent.MigrationStarted;
import lpm.contracts.migration.MigrationEvent.MigrationUnknown;
import lpm.contracts.migration.MigrationEvent.TargetReceived;
import lpm.contracts.migration.MigrationEvent.TargetStorageReady;
import lpm.migration.live.AttemptCommand.Begin;
import lpm.migration.live.AttemptCommand.NoteGuestPause;
import lpm.migration.live.MigrationState.Committed;
import lpm.migration.live.MigrationState.Ended;
import lpm.migration.live.MigrationState.Inviting;
import lpm.migration.live.MigrationState.None;
import lpm.migration.live.MigrationState.Outcome;
import lpm.migration.live.MigrationState.Preparing;
import lpm.migration.live.MigrationState.Window;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Scope;

/**
 * Decides how one attempt to move a Linode goes on. It must never let two copies run, and prefers nobody running to
 * both.
 *
 * <p>Before {@link HandoverOpened} the Linode runs at the source whatever happens, so any failure aborts ({@link
 * Preparation}). Within the window nobody can tell from outside who runs it, so only the source's own word or its
 * fence decides ({@link Handover}). After {@link HandoverCommitted} the source is out of it, so there is only
 * forward ({@link Completion}).
 */
public final class MigrationDecider implements Decider<AttemptCommand, MigrationState, MigrationEvent> {

    @Override
    public MigrationState initial() {
        return new None();
    }

    @Override
    public Decision<MigrationEvent> decide(AttemptCommand command, MigrationState state) {
        return switch (state) {
            case None _ -> begin(command);
            case Preparing preparing -> Preparation.decide(command, preparing);
            case Inviting inviting -> Preparation.decide(command, inviting);
            case Window window -> Handover.decide(command, window);
            case Committed committed -> Completion.decide(command, committed);
            case Ended ended -> afterwards(command, ended);
        };
    }

    /** A probe tells its measurement after the end; the first one is recorded. */
    private static Decision<MigrationEvent> afterwards(AttemptCommand command, Ended state) {
        Terms terms = state.terms();
        boolean expected =
                state.outcome() == Outcome.completed && state.guestPauseMillis().isEmpty();
        return command instanceof NoteGuestPause(var _, HostRef by, long millis, String probe)
                        && expected
                        && terms.isTarget(by)
                ? Decision.accept(new GuestPauseMeasured(terms.migration(), terms.linode(), millis, probe))
                : Decision.accept();
    }

    private static Decision<MigrationEvent> begin(AttemptCommand command) {
        if (!(command instanceof Begin(Terms terms))) {
            return Decision.accept();
        }
        MigrationStarted started = new MigrationStarted(
                terms.migration(),
                terms.linode(),
                terms.account(),
                terms.mode(),
                terms.source(),
                terms.target(),
                terms.ownerEpoch(),
                terms.nextEpoch(),
                terms.spec(),
                terms.maxPauseMillis());
        if (terms.source().host().equals(terms.target().host())) {
            return Decision.accept(started, Preparation.aborted(terms, false, "source and target are the same host"));
        }
        return Decision.accept(started);
    }

    @Override
    public MigrationState evolve(MigrationState state, MigrationEvent event) {
        return switch (event) {
            case MigrationStarted started -> new Preparing(termsOf(started));
            case TargetStorageReady _ -> new Inviting(termsIn(state));
            case HandoverOpened _ -> new Window(termsIn(state), Optional.empty(), false, false, 0);
            case CopyStarted copy -> inWindow(state, Optional.of(copy.predictedPauseMillis()), false, false, 0);
            case TargetReceived _ -> inWindow(state, Optional.empty(), true, false, 0);
            case MigrationCancelRequested _ -> inWindow(state, Optional.empty(), false, true, 0);
            case MigrationUnknown unknown -> asked(state, unknown);
            case HandoverCommitted committed ->
                new Committed(termsIn(state), predicted(state), committed.hypervisorPauseMillis(), false, 0);
            case IncompleteCopyGivenUp givenUp -> givenUp(state, givenUp);
            case MigrationCompleted completed ->
                ended(state, Outcome.completed, "", completed.hypervisorPauseMillis(), completed.pausedMillis());
            case GuestPauseMeasured measured -> completed(state, measured).measured(measured.guestPauseMillis());
            case MigrationAborted aborted ->
                ended(state, Outcome.aborted, aborted.reason(), Optional.empty(), Optional.empty());
            case MigrationLost lost -> ended(state, Outcome.lost, lost.reason(), Optional.empty(), Optional.empty());
        };
    }

    private static MigrationState asked(MigrationState state, MigrationUnknown unknown) {
        return switch (state) {
            case Window window -> inWindow(window, Optional.empty(), false, false, unknown.probe());
            case Committed(Terms terms, var predicted, var hypervisor, boolean givenUp, int _) ->
                new Committed(terms, predicted, hypervisor, givenUp, unknown.probe());
            case None _, Preparing _, Inviting _, Ended _ -> throw misfit(state, unknown);
        };
    }

    private static MigrationState givenUp(MigrationState state, IncompleteCopyGivenUp event) {
        if (state instanceof Committed(Terms terms, var predicted, var hypervisor, boolean _, int _)) {
            return new Committed(terms, predicted, hypervisor, true, event.probe());
        }
        throw misfit(state, event);
    }

    /** The window with what is new added to what was known. */
    private static Window inWindow(
            MigrationState state, Optional<Long> predicted, boolean received, boolean cancelRequested, int probe) {
        if (!(state instanceof Window window)) {
            throw new IllegalStateException("expected an open window, found " + state);
        }
        return new Window(
                window.terms(),
                predicted.or(window::predictedPauseMillis),
                received || window.received(),
                cancelRequested || window.cancelRequested(),
                Math.max(probe, window.probe()));
    }

    private static Ended ended(
            MigrationState state, Outcome outcome, String reason, Optional<Long> hypervisor, Optional<Long> paused) {
        return new Ended(termsIn(state), outcome, reason, predicted(state), hypervisor, paused, Optional.empty());
    }

    private static Ended completed(MigrationState state, MigrationEvent event) {
        if (state instanceof Ended ended) {
            return ended;
        }
        throw misfit(state, event);
    }

    private static Optional<Long> predicted(MigrationState state) {
        return switch (state) {
            case Window window -> window.predictedPauseMillis();
            case Committed committed -> committed.predictedPauseMillis();
            case None _, Preparing _, Inviting _, Ended _ -> Optional.empty();
        };
    }

    /** The terms of an attempt that has begun and not ended: no event may follow the end. */
    private static Terms termsIn(MigrationState state) {
        return switch (state) {
            case Preparing(Terms terms) -> terms;
            case Inviting(Terms terms) -> terms;
            case Window window -> window.terms();
            case Committed committed -> committed.terms();
            case None _, Ended _ -> throw new IllegalStateException("expected an open attempt, found " + state);
        };
    }

    private static Terms termsOf(MigrationStarted started) {
        return new Terms(
                started.migration(),
                started.linode(),
                started.account(),
                started.mode(),
                started.source(),
                started.target(),
                started.ownerEpoch(),
                started.nextEpoch(),
                started.spec(),
                started.maxPauseMillis());
    }

    private static IllegalStateException misfit(MigrationState state, MigrationEvent event) {
        return new IllegalStateException("event " + event + " does not fit state " + state);
    }

    @Override
    public Scope scope(MigrationState state) {
        return switch (state) {
            case None _ -> Scope.NONE;
            case Preparing(Terms terms) -> scopeOf(terms);
            case Inviting(Terms terms) -> scopeOf(terms);
            case Window window -> scopeOf(window.terms());
            case Committed committed -> scopeOf(committed.terms());
            case Ended ended -> scopeOf(ended.terms());
        };
    }

    private static Scope scopeOf(Terms terms) {
        return new Scope(terms.account(), terms.ownerEpoch(), null);
    }
}

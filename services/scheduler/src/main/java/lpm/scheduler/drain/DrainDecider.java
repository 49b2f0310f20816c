package lpm.scheduler.drain;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import lpm.contracts.scheduler.DrainEvent;
import lpm.contracts.scheduler.DrainEvent.DrainBlocked;
import lpm.contracts.scheduler.DrainEvent.DrainCancelled;
import lpm.contracts.scheduler.DrainEvent.DrainCompleted;
import lpm.contracts.scheduler.DrainEvent.DrainMoveEnded;
import lpm.contracts.scheduler.DrainEvent.DrainMoveStarted;
import lpm.contracts.scheduler.DrainEvent.DrainStarted;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.scheduler.drain.DrainCommand.CancelDrain;
import lpm.scheduler.drain.DrainCommand.FinishDrain;
import lpm.scheduler.drain.DrainCommand.NoteLeft;
import lpm.scheduler.drain.DrainCommand.NoteStayed;
import lpm.scheduler.drain.DrainCommand.NoteUnmovable;
import lpm.scheduler.drain.DrainCommand.StartDrain;
import lpm.scheduler.drain.DrainCommand.StartDrainMove;
import lpm.scheduler.drain.DrainState.Ended;
import lpm.scheduler.drain.DrainState.Running;
import lpm.scheduler.drain.DrainState.Unknown;

/**
 * Whose turn it is to leave a host. What is still on the host it does not know by itself: planners look that up in the
 * host's reservations each time, so that Linodes which came late are seen too.
 */
public final class DrainDecider implements Decider<DrainCommand, DrainState, DrainEvent> {
    @Override
    public DrainState initial() {
        return new Unknown();
    }

    @Override
    public Decision<DrainEvent> decide(DrainCommand command, DrainState state) {
        return switch (command) {
            case StartDrain start -> start(start, state);
            case StartDrainMove start -> whileRunning(state, it -> startMove(start, it));
            case NoteLeft note -> noted(state, it -> left(note, it));
            case NoteStayed note -> noted(state, it -> stayed(note, it));
            case NoteUnmovable note -> noted(state, it -> unmovable(note, it));
            case FinishDrain _ -> noted(state, DrainDecider::finish);
            case CancelDrain cancel ->
                noted(state, it -> Decision.accept(new DrainCancelled(it.drain(), it.host(), cancel.reason())));
        };
    }

    private static Decision<DrainEvent> start(StartDrain start, DrainState state) {
        return state instanceof Unknown
                ? Decision.accept(new DrainStarted(start.drain(), start.host(), start.linodes(), start.maxParallel()))
                : Decision.accept();
    }

    private static Decision<DrainEvent> startMove(StartDrainMove start, Running it) {
        if (it.moving().contains(start.linode().value())) {
            return Decision.reject("Linode " + start.linode() + " is already moving.");
        }
        return it.moving().size() >= it.maxParallel()
                ? Decision.reject(it.maxParallel() + " Linodes are already moving.")
                : Decision.accept(new DrainMoveStarted(it.drain(), it.host(), start.linode()));
    }

    private static Decision<DrainEvent> left(NoteLeft note, Running it) {
        return it.gone().contains(note.linode().value())
                ? Decision.accept()
                : Decision.accept(new DrainMoveEnded(it.drain(), it.host(), note.linode(), true, "left the host"));
    }

    private static Decision<DrainEvent> stayed(NoteStayed note, Running it) {
        return it.moving().contains(note.linode().value())
                ? Decision.accept(new DrainMoveEnded(it.drain(), it.host(), note.linode(), false, note.reason()))
                : Decision.accept();
    }

    private static Decision<DrainEvent> unmovable(NoteUnmovable note, Running it) {
        boolean concerns = !it.moving().contains(note.linode().value())
                && !it.gone().contains(note.linode().value());
        return concerns
                ? Decision.accept(new DrainBlocked(
                        it.drain(), it.host(), List.of(note.linode()), note.reason(), it.attempts(note.linode()) + 1))
                : Decision.accept();
    }

    private static Decision<DrainEvent> finish(Running it) {
        return it.moving().isEmpty()
                ? Decision.accept(
                        new DrainCompleted(it.drain(), it.host(), it.gone().size()))
                : Decision.reject(it.moving().size() + " Linodes are still moving.");
    }

    private static Decision<DrainEvent> whileRunning(DrainState state, Function<Running, Decision<DrainEvent>> then) {
        return state instanceof Running it ? then.apply(it) : Decision.reject("The drain is not running.");
    }

    /** What is noted about a drain that is over changes nothing. */
    private static Decision<DrainEvent> noted(DrainState state, Function<Running, Decision<DrainEvent>> then) {
        return state instanceof Running it ? then.apply(it) : Decision.accept();
    }

    @Override
    public DrainState evolve(DrainState state, DrainEvent event) {
        return switch (event) {
            case DrainStarted e ->
                new Running(
                        e.drain(),
                        e.host(),
                        e.maxParallel(),
                        Collections.emptySortedSet(),
                        Collections.emptySortedMap(),
                        Collections.emptySortedSet());
            case DrainMoveStarted e -> running(state).started(e.linode());
            case DrainMoveEnded e ->
                e.moved()
                        ? running(state).left(e.linode())
                        : running(state).waiting(e.linode(), running(state).attempts(e.linode()) + 1);
            case DrainBlocked e -> blocked(running(state), e);
            case DrainCompleted e -> new Ended(e.drain(), e.host(), true, e.moved());
            case DrainCancelled e ->
                new Ended(e.drain(), e.host(), false, running(state).gone().size());
        };
    }

    private static Running blocked(Running it, DrainBlocked event) {
        Running next = it;
        for (var linode : event.linodes()) {
            next = next.waiting(linode, event.attempt());
        }
        return next;
    }

    private static Running running(DrainState state) {
        if (state instanceof Running it) {
            return it;
        }
        throw new IllegalStateException("this event cannot follow in " + state);
    }
}

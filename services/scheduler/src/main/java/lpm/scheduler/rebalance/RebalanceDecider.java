package lpm.scheduler.rebalance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.RebalanceEvent;
import lpm.contracts.scheduler.RebalanceEvent.Move;
import lpm.contracts.scheduler.RebalanceEvent.MoveSkipped;
import lpm.contracts.scheduler.RebalanceEvent.RebalanceCompleted;
import lpm.contracts.scheduler.RebalanceEvent.RebalanceMoveEnded;
import lpm.contracts.scheduler.RebalanceEvent.RebalanceMoveStarted;
import lpm.contracts.scheduler.RebalanceEvent.RebalancePlanned;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.scheduler.rebalance.RebalanceCommand.NoteRebalanceMoveEnded;
import lpm.scheduler.rebalance.RebalanceCommand.SkipMove;
import lpm.scheduler.rebalance.RebalanceCommand.StartRebalance;
import lpm.scheduler.rebalance.RebalanceCommand.StartRebalanceMove;
import lpm.scheduler.rebalance.RebalanceState.Completed;
import lpm.scheduler.rebalance.RebalanceState.Plan;
import lpm.scheduler.rebalance.RebalanceState.Progress;
import lpm.scheduler.rebalance.RebalanceState.Running;
import lpm.scheduler.rebalance.RebalanceState.Turn;
import lpm.scheduler.rebalance.RebalanceState.Unknown;

/** Carries a plan out, so many moves at a time; it is over when every move has ended or was left out. */
public final class RebalanceDecider implements Decider<RebalanceCommand, RebalanceState, RebalanceEvent> {
    @Override
    public RebalanceState initial() {
        return new Unknown();
    }

    @Override
    public Decision<RebalanceEvent> decide(RebalanceCommand command, RebalanceState state) {
        return switch (command) {
            case StartRebalance start -> start(start, state);
            case StartRebalanceMove start -> startMove(start, state);
            case SkipMove skip ->
                state instanceof Running it && it.is(skip.linode(), Progress.pending)
                        ? last(it, new MoveSkipped(skip.rebalance(), skip.linode(), skip.reason()))
                        : Decision.accept();
            case NoteRebalanceMoveEnded note ->
                state instanceof Running it && it.is(note.linode(), Progress.moving)
                        ? last(it, new RebalanceMoveEnded(note.rebalance(), note.linode(), note.moved(), note.reason()))
                        : Decision.accept();
        };
    }

    private Decision<RebalanceEvent> start(StartRebalance start, RebalanceState state) {
        if (!(state instanceof Unknown)) {
            return Decision.accept();
        }
        RebalancePlanned planned = new RebalancePlanned(
                start.rebalance(),
                start.goal(),
                start.moves(),
                start.scoreBefore(),
                start.scoreAfter(),
                start.maxParallel());
        return start.moves().isEmpty()
                ? Decision.accept(planned, new RebalanceCompleted(start.rebalance(), 0, 0))
                : Decision.accept(planned);
    }

    private static Decision<RebalanceEvent> startMove(StartRebalanceMove start, RebalanceState state) {
        if (!(state instanceof Running it)) {
            return Decision.reject("The rebalance is not running.");
        }
        if (it.count(Progress.moving) >= it.plan().maxParallel()) {
            return Decision.reject(it.plan().maxParallel() + " Linodes are already moving.");
        }
        Optional<Move> move = it.turns().stream()
                .filter(each -> each.progress() == Progress.pending)
                .map(Turn::move)
                .filter(each -> each.linode().equals(start.linode()))
                .findFirst();
        return move.<Decision<RebalanceEvent>>map(
                        each -> Decision.accept(new RebalanceMoveStarted(start.rebalance(), each)))
                .orElseGet(() -> Decision.reject("Linode " + start.linode() + " is not waiting for its turn."));
    }

    /** Adds the end, if this was the last move. */
    private Decision<RebalanceEvent> last(Running before, RebalanceEvent event) {
        List<RebalanceEvent> events = new ArrayList<>(List.of(event));
        if (evolve(before, event) instanceof Running it
                && it.count(Progress.pending) == 0
                && it.count(Progress.moving) == 0) {
            int moved = (int) it.count(Progress.moved);
            events.add(new RebalanceCompleted(
                    it.plan().rebalance(), moved, it.turns().size() - moved));
        }
        return Decision.accept(events);
    }

    @Override
    public RebalanceState evolve(RebalanceState state, RebalanceEvent event) {
        return switch (event) {
            case RebalancePlanned e ->
                new Running(
                        new Plan(e.rebalance(), e.goal(), e.scoreBefore(), e.scoreAfter(), e.maxParallel()),
                        e.moves().stream()
                                .map(each -> new Turn(each, Progress.pending))
                                .toList());
            case RebalanceMoveStarted e -> turned(state, e.move().linode(), Progress.moving);
            case RebalanceMoveEnded e -> turned(state, e.linode(), e.moved() ? Progress.moved : Progress.failed);
            case MoveSkipped e -> turned(state, e.linode(), Progress.skipped);
            case RebalanceCompleted _ ->
                new Completed(running(state).plan(), running(state).turns());
        };
    }

    private static Running turned(RebalanceState state, LinodeId linode, Progress progress) {
        return running(state).with(linode, progress);
    }

    private static Running running(RebalanceState state) {
        if (state instanceof Running it) {
            return it;
        }
        throw new IllegalStateException("this event cannot follow in " + state);
    }
}

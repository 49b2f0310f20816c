package lpm.contracts.scheduler;

import java.util.List;
import lpm.contracts.Event;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;

/** Making the fleet's load more even; aggregate {@code rebalance:<id>}. */
public sealed interface RebalanceEvent extends Event {

    /** One planned change. */
    record Move(LinodeId linode, HostId from, HostId to, double scoreBefore, double scoreAfter) {}

    /** Aggregate {@code rebalance:<id>}: moves that make the fleet's load more even. */
    record RebalancePlanned(
            long rebalance, String goal, List<Move> moves, double scoreBefore, double scoreAfter, int maxParallel)
            implements RebalanceEvent {
        public RebalancePlanned {
            moves = List.copyOf(moves);
        }
    }

    /** One move's turn has come. */
    record RebalanceMoveStarted(long rebalance, Move move) implements RebalanceEvent {}

    /** One move ended. */
    record RebalanceMoveEnded(long rebalance, LinodeId linode, boolean moved, String reason)
            implements RebalanceEvent {}

    /** One move no longer helps and is left out. */
    record MoveSkipped(long rebalance, LinodeId linode, String reason) implements RebalanceEvent {}

    /** All moves are done or skipped. */
    record RebalanceCompleted(long rebalance, int moved, int skipped) implements RebalanceEvent {}
}

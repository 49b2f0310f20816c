package lpm.scheduler.rebalance;

import java.util.List;
import lpm.contracts.scheduler.RebalanceEvent.Move;

/** Moves in the order in which they help, and how uneven the fleet is before and after them. */
public record RebalancePlan(List<Move> moves, double scoreBefore, double scoreAfter) {
    public RebalancePlan {
        moves = List.copyOf(moves);
    }
}

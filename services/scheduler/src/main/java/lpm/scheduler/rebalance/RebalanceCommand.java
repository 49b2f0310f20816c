package lpm.scheduler.rebalance;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.RebalanceEvent.Move;

/** Orders to a rebalance's aggregate. */
public sealed interface RebalanceCommand extends Command {
    long rebalance();

    @Override
    default String aggregateId() {
        return "rebalance:" + rebalance();
    }

    /** Carry this plan out. */
    record StartRebalance(
            long rebalance, String goal, List<Move> moves, double scoreBefore, double scoreAfter, int maxParallel)
            implements RebalanceCommand {
        public StartRebalance {
            moves = List.copyOf(moves);
        }
    }

    /** This Linode's turn has come; refused when enough others move. */
    record StartRebalanceMove(long rebalance, LinodeId linode) implements RebalanceCommand {}

    /** Leave this Linode where it is. */
    record SkipMove(long rebalance, LinodeId linode, String reason) implements RebalanceCommand {}

    /** Its move is over. */
    record NoteRebalanceMoveEnded(long rebalance, LinodeId linode, boolean moved, String reason)
            implements RebalanceCommand {}
}

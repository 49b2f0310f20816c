package lpm.scheduler.rebalance;

import java.util.List;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.RebalanceEvent.Move;

/** A rebalance from its plan to its end. */
public sealed interface RebalanceState {
    /** Nobody asked for it. */
    record Unknown() implements RebalanceState {}

    /** Its moves are carried out. */
    record Running(Plan plan, List<Turn> turns) implements RebalanceState {
        public Running {
            turns = List.copyOf(turns);
        }

        long count(Progress progress) {
            return turns.stream().filter(each -> each.progress() == progress).count();
        }

        boolean is(LinodeId linode, Progress progress) {
            return turns.stream().anyMatch(each -> each.move().linode().equals(linode) && each.progress() == progress);
        }

        Running with(LinodeId linode, Progress progress) {
            return new Running(
                    plan,
                    turns.stream()
                            .map(each -> each.move().linode().equals(linode) ? new Turn(each.move(), progress) : each)
                            .toList());
        }
    }

    /** Every move is over or left out. */
    record Completed(Plan plan, List<Turn> turns) implements RebalanceState {
        public Completed {
            turns = List.copyOf(turns);
        }
    }

    /** What was asked for. */
    record Plan(long rebalance, String goal, double scoreBefore, double scoreAfter, int maxParallel) {}

    /** One move and how far it is. */
    record Turn(Move move, Progress progress) {}

    /** How far a move is. */
    enum Progress {
        pending,
        moving,
        moved,
        failed,
        skipped
    }
}

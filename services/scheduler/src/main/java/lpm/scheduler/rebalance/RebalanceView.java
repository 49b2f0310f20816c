package lpm.scheduler.rebalance;

import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.scheduler.RebalanceEvent;
import lpm.contracts.scheduler.RebalanceEvent.Move;
import lpm.platform.Rows;
import lpm.platform.View;
import lpm.scheduler.rebalance.RebalanceRow.MoveRow;
import lpm.scheduler.rebalance.RebalanceState.Completed;
import lpm.scheduler.rebalance.RebalanceState.Plan;
import lpm.scheduler.rebalance.RebalanceState.Progress;
import lpm.scheduler.rebalance.RebalanceState.Running;
import lpm.scheduler.rebalance.RebalanceState.Turn;
import lpm.scheduler.rebalance.RebalanceState.Unknown;

/** One row for each rebalance. */
public final class RebalanceView implements View<RebalanceEvent, RebalanceState> {
    @Override
    public List<String> tables() {
        return List.of(RebalanceRow.TABLE);
    }

    @Override
    public void project(Envelope<RebalanceEvent> event, RebalanceState after, Rows rows) {
        RebalanceRow row =
                switch (after) {
                    case Unknown _ -> throw new IllegalStateException("an event of a rebalance nobody asked for");
                    case Running it -> row(it.plan(), it.turns(), RebalanceRow.RUNNING);
                    case Completed it -> row(it.plan(), it.turns(), "completed");
                };
        rows.put(RebalanceRow.TABLE, String.valueOf(row.id()), row);
    }

    private static RebalanceRow row(Plan plan, List<Turn> turns, String status) {
        return new RebalanceRow(
                plan.rebalance(),
                plan.goal(),
                status,
                plan.scoreBefore(),
                plan.scoreAfter(),
                plan.maxParallel(),
                turns.stream().map(each -> row(each.move(), each.progress())).toList(),
                turns.stream()
                        .filter(each -> each.progress() == Progress.moving)
                        .map(each -> each.move().linode().value())
                        .toList());
    }

    static MoveRow row(Move move, Progress progress) {
        return new MoveRow(
                move.linode().value(),
                move.from().value(),
                move.to().value(),
                progress.name(),
                move.scoreBefore(),
                move.scoreAfter());
    }
}

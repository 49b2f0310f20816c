package lpm.scheduler.rebalance;

import java.util.List;
import lpm.contracts.Command;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.platform.Query;
import lpm.scheduler.rebalance.RebalanceCommand.NoteRebalanceMoveEnded;

/** Finds the rebalance that moves a Linode; most moves belong to none. */
public final class RebalanceNewsPlanner implements Planner<RebalanceNews> {
    @Override
    public Class<RebalanceNews> question() {
        return RebalanceNews.class;
    }

    @Override
    public List<List<Command>> plan(RebalanceNews question, Lookup rows) {
        Query moving = Query.where("status", RebalanceRow.RUNNING)
                .and("moving", question.linode().value())
                .limit(1);
        return rows.find(RebalanceRow.TABLE, moving, RebalanceRow.class).stream()
                .map(row -> List.<Command>of(
                        new NoteRebalanceMoveEnded(row.id(), question.linode(), question.moved(), question.reason())))
                .toList();
    }
}

package lpm.scheduler.linode;

import java.util.List;
import lpm.contracts.Command;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.scheduler.linode.LinodeCommand.RefuseMove;
import lpm.scheduler.placement.PlanMove;

/**
 * Finds a target for a move. When there are targets and none of the units is accepted, the last refusal stands, since
 * it is about this Linode or this host; only when there is none the planner itself says why.
 */
public final class MoveLinodePlanner implements Planner<PlanMove> {
    @Override
    public Class<PlanMove> question() {
        return PlanMove.class;
    }

    @Override
    public List<List<Command>> plan(PlanMove question, Lookup rows) {
        MoveProposals proposals = MoveProposals.of(question, rows);
        return proposals.units().isEmpty()
                ? List.of(List.of(new RefuseMove(question.linode(), proposals.obstacle())))
                : proposals.units();
    }
}

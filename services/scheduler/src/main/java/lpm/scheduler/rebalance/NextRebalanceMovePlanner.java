package lpm.scheduler.rebalance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.scheduler.RebalanceEvent.Move;
import lpm.platform.Ids;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.scheduler.linode.MoveProposals;
import lpm.scheduler.placement.Fleet;
import lpm.scheduler.placement.PlanMove;
import lpm.scheduler.rebalance.RebalanceCommand.SkipMove;
import lpm.scheduler.rebalance.RebalanceCommand.StartRebalanceMove;
import lpm.scheduler.rebalance.RebalanceRow.MoveRow;
import lpm.scheduler.rebalance.RebalanceState.Progress;

/** Checks the next move against today's fleet: it is carried out if it still helps, and left out otherwise. */
public final class NextRebalanceMovePlanner implements Planner<NextRebalanceMove> {
    /** The longest pause a guest may see for the sake of evenness, in milliseconds. */
    static final long MAX_PAUSE_MILLIS = 2_000;

    private final Ids ids;

    public NextRebalanceMovePlanner(Ids ids) {
        this.ids = ids;
    }

    @Override
    public Class<NextRebalanceMove> question() {
        return NextRebalanceMove.class;
    }

    @Override
    public List<List<Command>> plan(NextRebalanceMove question, Lookup rows) {
        return rows.get(RebalanceRow.TABLE, String.valueOf(question.rebalance()), RebalanceRow.class)
                .filter(row -> row.status().equals(RebalanceRow.RUNNING))
                .filter(row -> row.moving().size() < row.maxParallel())
                .flatMap(row -> row.moves().stream()
                        .filter(each -> each.progress().equals(Progress.pending.name()))
                        .findFirst()
                        .map(move -> next(row, move, rows)))
                .orElse(List.of());
    }

    private List<List<Command>> next(RebalanceRow row, MoveRow pending, Lookup rows) {
        LinodeId linode = new LinodeId(pending.linodeId());
        Move move = new Move(linode, new HostId(pending.from()), new HostId(pending.to()), 0, 0);
        Goal goal = Goal.named(row.goal()).orElse(Goal.balance);
        Optional<Double> gain = Fleet.regionOf(move.from(), rows)
                .map(region -> LoadedFleet.around(linode, region, rows))
                .flatMap(fleet -> RebalancePlanner.gain(fleet, goal, move));
        if (gain.isEmpty() || gain.get() < RebalancePlanner.MIN_GAIN) {
            String reason = gain.isEmpty() ? "it cannot go there any more" : "it no longer helps";
            return List.of(List.of(new SkipMove(row.id(), linode, reason)));
        }
        return moves(row, move, gain.get(), rows);
    }

    private List<List<Command>> moves(RebalanceRow row, Move move, double gain, Lookup rows) {
        PlanMove wanted = new PlanMove(
                move.linode(),
                Optional.of(move.to()),
                Mode.live,
                new MigrationId(ids.next("migration")),
                String.format(Locale.ROOT, "rebalance %d: gains %.4f", row.id(), gain),
                MAX_PAUSE_MILLIS);
        MoveProposals proposals = MoveProposals.of(wanted, rows);
        List<List<Command>> units = new ArrayList<>();
        for (List<Command> proposed : proposals.units()) {
            List<Command> unit = new ArrayList<>();
            unit.add(new StartRebalanceMove(row.id(), move.linode()));
            unit.addAll(proposed);
            units.add(unit);
        }
        String reason = proposals.units().isEmpty() ? proposals.obstacle() : "the Linode is busy";
        units.add(List.of(new SkipMove(row.id(), move.linode(), reason)));
        return units;
    }
}

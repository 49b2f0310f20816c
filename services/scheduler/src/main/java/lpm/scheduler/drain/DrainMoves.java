package lpm.scheduler.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.platform.Ids;
import lpm.platform.Lookup;
import lpm.scheduler.drain.DrainCommand.NoteUnmovable;
import lpm.scheduler.drain.DrainCommand.StartDrainMove;
import lpm.scheduler.linode.MoveProposals;
import lpm.scheduler.placement.PlanMove;

/** How one Linode leaves a host that is drained: live if it runs, at once if it is off. */
final class DrainMoves {
    /** The longest pause a guest may see when its host is drained, in milliseconds. */
    static final long MAX_PAUSE_MILLIS = 10_000;

    private final Ids ids;

    DrainMoves(Ids ids) {
        this.ids = ids;
    }

    /** One unit for each target, then the note that it cannot leave now. */
    List<List<Command>> of(DrainRow drain, LinodeId linode, Lookup rows) {
        PlanMove move = new PlanMove(
                linode,
                Optional.empty(),
                Mode.live,
                new MigrationId(ids.next("migration")),
                "drain " + drain.id() + " of host " + drain.host(),
                MAX_PAUSE_MILLIS);
        MoveProposals proposals = MoveProposals.of(move, rows);
        List<List<Command>> units = new ArrayList<>();
        for (List<Command> proposed : proposals.units()) {
            List<Command> unit = new ArrayList<>();
            unit.add(new StartDrainMove(drain.id(), linode));
            unit.addAll(proposed);
            units.add(unit);
        }
        String reason = proposals.units().isEmpty()
                ? proposals.obstacle()
                : "The Linode is busy, or the hosts that could take it were taken meanwhile.";
        units.add(List.of(new NoteUnmovable(drain.id(), linode, reason)));
        return units;
    }
}

package lpm.scheduler.drain;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.platform.Ids;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.platform.Query;
import lpm.scheduler.drain.DrainCommand.FinishDrain;
import lpm.scheduler.host.FleetHostCommand.MarkDrained;
import lpm.scheduler.host.ReservationRow;

/** Looks at what the drained host holds now: nothing ends the drain, otherwise the next Linode's turn comes. */
public final class NextDrainMovePlanner implements Planner<NextDrainMove> {
    private final DrainMoves moves;

    public NextDrainMovePlanner(Ids ids) {
        this.moves = new DrainMoves(ids);
    }

    @Override
    public Class<NextDrainMove> question() {
        return NextDrainMove.class;
    }

    @Override
    public List<List<Command>> plan(NextDrainMove question, Lookup rows) {
        Optional<DrainRow> drain = DrainRow.running(question.drain(), rows);
        return drain.isEmpty() ? List.of() : next(drain.get(), rows);
    }

    private List<List<Command>> next(DrainRow drain, Lookup rows) {
        Query onHost = Query.where("host", drain.host()).orderBy("linode_id", false);
        List<ReservationRow> held = rows.find(ReservationRow.TABLE, onHost, ReservationRow.class);
        if (held.isEmpty()) {
            return List.of(List.of(new FinishDrain(drain.id()), new MarkDrained(new HostId(drain.host()), drain.id())));
        }
        if (drain.moving().size() >= drain.maxParallel()) {
            return List.of();
        }
        return held.stream()
                .filter(each -> !drain.moving().contains(each.linodeId()))
                .filter(each -> !drain.waiting().contains(each.linodeId()))
                .findFirst()
                .map(each -> moves.of(drain, each.linode(), rows))
                .orElse(List.of());
    }
}

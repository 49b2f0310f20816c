package lpm.scheduler.drain;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.platform.Ids;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.scheduler.host.ReservationRow;

/** Tries again with a Linode that could not leave, if it is still there. */
public final class TryDrainMovePlanner implements Planner<TryDrainMove> {
    private final DrainMoves moves;

    public TryDrainMovePlanner(Ids ids) {
        this.moves = new DrainMoves(ids);
    }

    @Override
    public Class<TryDrainMove> question() {
        return TryDrainMove.class;
    }

    @Override
    public List<List<Command>> plan(TryDrainMove question, Lookup rows) {
        Optional<DrainRow> drain = DrainRow.running(question.drain(), rows)
                .filter(each -> !each.moving().contains(question.linode().value()));
        boolean there = drain.map(each -> ReservationRow.idOf(new HostId(each.host()), question.linode()))
                .flatMap(id -> rows.get(ReservationRow.TABLE, id, ReservationRow.class))
                .isPresent();
        return there ? moves.of(drain.orElseThrow(), question.linode(), rows) : List.of();
    }
}

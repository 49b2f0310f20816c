package lpm.scheduler.linode;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.LinodeId;
import lpm.contracts.host.DomainSeen;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.platform.Query;

/** Tells the Linodes that a complete inventory leaves out that their host does not have them. */
public final class ReconcilePlanner implements Planner<ReconcileHost> {
    @Override
    public Class<ReconcileHost> question() {
        return ReconcileHost.class;
    }

    @Override
    public List<List<Command>> plan(ReconcileHost question, Lookup rows) {
        Query there = Query.where("host", question.by().host().value())
                .and("host_epoch", question.by().hostEpoch())
                .and("running", true);
        List<Command> notes = rows.find(LinodeView.LINODES, there, LinodeFacts.class).stream()
                .map(row -> new LinodeId(row.id()))
                .filter(id -> !question.shown().contains(id))
                .<Command>map(id -> new LinodeCommand.NoteSeen(id, question.by(), absent(id), false))
                .toList();
        return notes.isEmpty() ? List.of() : List.of(notes);
    }

    private static DomainSeen absent(LinodeId id) {
        return new DomainSeen(id, DomainSeen.State.absent, false, 0, 0, Optional.empty());
    }
}

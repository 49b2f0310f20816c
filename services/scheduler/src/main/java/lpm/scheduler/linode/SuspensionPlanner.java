package lpm.scheduler.linode;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.LinodeId;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.platform.Query;

/** Shuts down what a suspended account runs. */
public final class SuspensionPlanner implements Planner<StopLinodesOf> {
    @Override
    public Class<StopLinodesOf> question() {
        return StopLinodesOf.class;
    }

    @Override
    public List<List<Command>> plan(StopLinodesOf question, Lookup rows) {
        Query running = Query.where("account", question.account().value()).and("running", true);
        List<Command> stops = rows.find(LinodeView.LINODES, running, LinodeFacts.class).stream()
                .<Command>map(row -> new LinodeCommand.StopForSuspension(new LinodeId(row.id())))
                .toList();
        return stops.isEmpty() ? List.of() : List.of(stops);
    }
}

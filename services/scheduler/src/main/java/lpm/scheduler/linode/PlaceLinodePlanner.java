package lpm.scheduler.linode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.scheduler.host.HostRow;
import lpm.scheduler.host.ReservationRow;
import lpm.scheduler.linode.LinodeCommand.AssignHost;
import lpm.scheduler.linode.LinodeCommand.AssignRecoveryHost;
import lpm.scheduler.linode.LinodeCommand.NotePlacementFailed;
import lpm.scheduler.placement.Fleet;
import lpm.scheduler.placement.PlaceLinode;
import lpm.scheduler.placement.PlacementPlanner;
import lpm.scheduler.placement.Proposals;
import lpm.scheduler.placement.Purpose;
import lpm.scheduler.placement.Want;

/**
 * Finds a host for a Linode that has none, and reserves, assigns and keeps the decision in one unit. A lost host is no
 * candidate while it is out, but it is when it has come back: the room it still holds then serves again.
 */
public final class PlaceLinodePlanner implements Planner<PlaceLinode> {
    private final PlacementPlanner planner = new PlacementPlanner();

    @Override
    public Class<PlaceLinode> question() {
        return PlaceLinode.class;
    }

    @Override
    public List<List<Command>> plan(PlaceLinode question, Lookup rows) {
        List<ReservationRow> held = Proposals.held(question.linode(), rows);
        if (question.purpose() == Purpose.create && !held.isEmpty()) {
            return List.of();
        }
        Set<HostId> avoid = Proposals.hosts(held);
        question.lost().ifPresent(avoid::remove);
        List<String> pools = question.lost()
                .flatMap(lost -> rows.get(HostRow.TABLE, lost.value(), HostRow.class))
                .map(HostRow::pools)
                .orElse(List.of());
        Want want = new Want(
                question.linode(),
                question.account(),
                question.region(),
                question.resources(),
                question.purpose(),
                avoid,
                Optional.empty(),
                pools,
                Optional.empty());
        Fleet fleet = Fleet.of(rows, question.region(), question.account()).without(held);
        Proposals proposals = new Proposals(planner.plan(fleet, want), rows);
        List<List<Command>> units =
                new ArrayList<>(proposals.chosen((at, decision) -> List.of(assign(question, at, decision))));
        units.add(proposals.failed(reason -> new NotePlacementFailed(question.linode(), reason)));
        return units;
    }

    private static Command assign(PlaceLinode question, HostRef at, String decision) {
        return question.purpose() == Purpose.recovery
                ? new AssignRecoveryHost(question.linode(), at, decision)
                : new AssignHost(question.linode(), at, decision);
    }
}

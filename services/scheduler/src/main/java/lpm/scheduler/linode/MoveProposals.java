package lpm.scheduler.linode;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.Region;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.platform.Lookup;
import lpm.platform.Refusal;
import lpm.scheduler.host.ReservationRow;
import lpm.scheduler.linode.LinodeCommand.RequestMove;
import lpm.scheduler.placement.Fleet;
import lpm.scheduler.placement.FleetHost;
import lpm.scheduler.placement.PlacementPlan;
import lpm.scheduler.placement.PlacementPlanner;
import lpm.scheduler.placement.PlanMove;
import lpm.scheduler.placement.Proposals;
import lpm.scheduler.placement.Purpose;
import lpm.scheduler.placement.Want;

/**
 * The ways a Linode can move: one unit for each target, best first.
 *
 * @param obstacle why there is none
 */
public record MoveProposals(List<List<Command>> units, String obstacle) {
    /** Targets tried at most. */
    private static final int MAX_TARGETS = 4;

    private static final PlacementPlanner PLANNER = new PlacementPlanner();

    public MoveProposals {
        units = List.copyOf(units);
    }

    /** Looks for targets. Room that is held twice, or nowhere, says that the Linode is moving, or nowhere. */
    public static MoveProposals of(PlanMove move, Lookup rows) {
        List<ReservationRow> held = Proposals.held(move.linode(), rows);
        if (held.size() != 1) {
            return new MoveProposals(List.of(), held.isEmpty() ? "The Linode has no host." : Refusal.BUSY);
        }
        ReservationRow here = held.getFirst();
        Optional<Region> region = Fleet.regionOf(new HostId(here.host()), rows);
        if (region.isEmpty()) {
            return new MoveProposals(List.of(), "Host " + here.host() + " is unknown.");
        }
        Fleet fleet = Fleet.of(rows, region.get(), here.account());
        PlacementPlan plan = PLANNER.plan(fleet, want(move, here, region.get(), fleet));
        List<List<Command>> units = new Proposals(plan, rows)
                .chosen((at, _) -> List.of(new RequestMove(
                        move.linode(), move.migration(), at, move.mode(), move.because(), move.maxPauseMillis())));
        return new MoveProposals(
                units.subList(0, Math.min(MAX_TARGETS, units.size())), units.isEmpty() ? plan.obstacle() : "");
    }

    private static Want want(PlanMove move, ReservationRow here, Region region, Fleet fleet) {
        HostId source = new HostId(here.host());
        Optional<FleetHost> from = fleet.host(source);
        return new Want(
                move.linode(),
                here.account(),
                region,
                here.resources(),
                Purpose.move,
                Set.of(source),
                move.target(),
                from.map(FleetHost::pools).orElse(List.of()),
                from.filter(_ -> move.mode() == Mode.live));
    }
}

package lpm.scheduler.placement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.PlacementEvent.PlacementDecided;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.scheduler.host.FleetHostCommand.ReserveCapacity;
import lpm.scheduler.host.ReservationRow;
import lpm.scheduler.placement.DecisionCommand.NoteDecision;

/** Turns a plan into units of work: the decision, the reservation, and what the Linode is told. */
public final class Proposals {
    private final PlacementPlan plan;
    private final Optional<DecisionRow> last;
    private final String decision;

    /** Names the next decision about the Linode. */
    public Proposals(PlacementPlan plan, Lookup rows) {
        LinodeId linode = plan.want().linode();
        Query ofLinode = Query.where("linode_id", linode.value());
        this.plan = plan;
        this.decision = linode + "-" + (rows.count(DecisionRow.TABLE, ofLinode) + 1);
        this.last = rows
                .find(DecisionRow.TABLE, ofLinode.orderBy("decided", true).limit(1), DecisionRow.class)
                .stream()
                .findFirst();
    }

    /** The hosts that hold something for the Linode now. */
    public static List<ReservationRow> held(LinodeId linode, Lookup rows) {
        return rows.find(ReservationRow.TABLE, Query.where("linode_id", linode.value()), ReservationRow.class);
    }

    /** The same as ids. */
    public static Set<HostId> hosts(List<ReservationRow> held) {
        Set<HostId> hosts = new HashSet<>();
        held.forEach(each -> hosts.add(new HostId(each.host())));
        return hosts;
    }

    /** One unit for each of the best hosts, best first; {@code told} names host and decision to the Linode. */
    public List<List<Command>> chosen(BiFunction<HostRef, String, List<Command>> told) {
        List<List<Command>> units = new ArrayList<>();
        for (FleetHost host : plan.best()) {
            List<Command> unit = new ArrayList<>();
            unit.add(decided(Optional.of(host.ref())));
            unit.add(new ReserveCapacity(
                    host.ref(),
                    plan.want().linode(),
                    plan.want().account(),
                    plan.want().resources()));
            unit.addAll(told.apply(host.ref(), decision));
            units.add(unit);
        }
        return units;
    }

    /** The unit for when no host can take it. The same failure again is not kept again. */
    public List<Command> failed(Function<String, Command> told) {
        Command failure = told.apply(plan.obstacle());
        boolean repeated = last.filter(each -> each.host() == null
                        && each.purpose().equals(plan.want().purpose().name()))
                .isPresent();
        return repeated ? List.of(failure) : List.of(decided(Optional.empty()), failure);
    }

    private NoteDecision decided(Optional<HostRef> chosen) {
        Want want = plan.want();
        return new NoteDecision(new PlacementDecided(
                decision,
                want.linode(),
                want.account(),
                want.region(),
                want.resources(),
                want.purpose().name(),
                chosen,
                plan.considered(),
                plan.scored(),
                plan.droppedByRule(),
                plan.refusals()));
    }
}

package lpm.scheduler.rebalance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.scheduler.host.HostRow;
import lpm.scheduler.host.ReservationRow;
import lpm.scheduler.placement.Fleet;
import lpm.scheduler.placement.FleetHost;
import lpm.scheduler.placement.Proposals;

/**
 * A region's hosts with what each holds for whom.
 *
 * @param movable the Linodes that are held on one host only, by that host
 */
public record LoadedFleet(Region region, List<FleetHost> hosts, Map<HostId, List<Load>> movable) {
    public LoadedFleet {
        hosts = List.copyOf(hosts);
        movable = Map.copyOf(movable);
    }

    /** One Linode's share. */
    public record Load(LinodeId linode, Resources resources) {}

    /** Every region's hosts, by the regions' names. */
    public static List<LoadedFleet> all(Lookup rows) {
        Map<String, Region> regions = new TreeMap<>();
        rows.find(HostRow.TABLE, Query.all(), HostRow.class)
                .forEach(each -> regions.put(each.region(), new Region(each.region())));
        Map<HostId, List<Load>> movable =
                movable(rows.find(ReservationRow.TABLE, Query.all().orderBy("linode_id", false), ReservationRow.class));
        return regions.values().stream()
                .map(region -> new LoadedFleet(region, Fleet.of(rows, region).hosts(), movable))
                .toList();
    }

    /** A region's hosts with what one Linode takes of them. */
    public static LoadedFleet around(LinodeId linode, Region region, Lookup rows) {
        Fleet fleet = Fleet.of(rows, region);
        return new LoadedFleet(region, fleet.hosts(), movable(Proposals.held(linode, rows)));
    }

    private static Map<HostId, List<Load>> movable(List<ReservationRow> all) {
        Map<Long, Integer> places = new HashMap<>();
        all.forEach(each -> places.merge(each.linodeId(), 1, Integer::sum));
        Map<HostId, List<Load>> movable = new HashMap<>();
        all.stream()
                .filter(each -> places.getOrDefault(each.linodeId(), 0) == 1)
                .forEach(each -> movable.computeIfAbsent(new HostId(each.host()), _ -> new ArrayList<>())
                        .add(new Load(each.linode(), each.resources())));
        return movable;
    }
}

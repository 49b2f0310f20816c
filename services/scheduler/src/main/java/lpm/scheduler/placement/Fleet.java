package lpm.scheduler.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.HostId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.scheduler.host.HostRow;
import lpm.scheduler.host.ReservationRow;

/** All hosts of a region at one moment. It may be a moment old: every host re-verifies what is planned with it. */
public record Fleet(List<FleetHost> hosts) {
    public Fleet {
        hosts = List.copyOf(hosts);
    }

    /** The region's hosts, and how many Linodes of the account each holds. */
    public static Fleet of(Lookup rows, Region region, AccountId account) {
        Map<String, Integer> siblings = new HashMap<>();
        rows.find(ReservationRow.TABLE, Query.where("account_id", account.value()), ReservationRow.class)
                .forEach(row -> siblings.merge(row.host(), 1, Integer::sum));
        return of(rows, Query.where("region", region.value()), siblings);
    }

    /** The region's hosts, whoever's Linodes they hold. */
    public static Fleet of(Lookup rows, Region region) {
        return of(rows, Query.where("region", region.value()), Map.of());
    }

    private static Fleet of(Lookup rows, Query hosts, Map<String, Integer> siblings) {
        return new Fleet(rows.find(HostRow.TABLE, hosts.orderBy("id", false), HostRow.class).stream()
                .map(row -> FleetHost.of(row, siblings.getOrDefault(row.id(), 0)))
                .toList());
    }

    /** The same hosts as if they did not hold this. */
    public Fleet without(List<ReservationRow> held) {
        Map<String, Resources> less = new HashMap<>();
        held.forEach(each -> less.put(each.host(), each.resources()));
        return new Fleet(hosts.stream()
                .map(host -> host.holding(
                        host.held().minus(less.getOrDefault(host.id().value(), Resources.NONE))))
                .toList());
    }

    /** Where a host stands. */
    public static Optional<Region> regionOf(HostId host, Lookup rows) {
        return rows.get(HostRow.TABLE, host.value(), HostRow.class).map(row -> new Region(row.region()));
    }

    public Optional<FleetHost> host(HostId id) {
        return hosts.stream().filter(each -> each.id().equals(id)).findFirst();
    }
}

package lpm.hostagent.disks.ceph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lpm.contracts.host.Telemetry.PoolState;
import lpm.hostagent.disks.PoolHealth;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.records.ShutOut;
import lpm.platform.json.Json;

/**
 * A Ceph pool's health from its monitors, and from one read: monitors may be well while OSDs are not. A cluster without
 * manager counts no bytes; then the OSDs are asked themselves.
 */
final class CephHealth implements PoolHealth {
    private static final String TYPE = "rbd";
    private static final int MIB_SHIFT = 20;
    private static final Set<String> STOPPED = Set.of("PG_AVAILABILITY", "OSD_FULL", "POOL_FULL", "CACHE_POOL_FULL");
    private static final Set<String> WEAK = Set.of(
            "OSD_DOWN",
            "OSD_HOST_DOWN",
            "PG_DEGRADED",
            "PG_DAMAGED",
            "OSD_NEARFULL",
            "OSD_BACKFILLFULL",
            "POOL_NEARFULL",
            "MON_DOWN",
            "OSD_SCRUB_ERRORS",
            "SLOW_OPS");

    private final CephCluster cluster;
    private final CephRecords records;

    CephHealth(CephCluster cluster) {
        this.cluster = cluster;
        this.records = new CephRecords(cluster);
    }

    /** What a pool needs and what there is for it. */
    record Redundancy(int size, int minSize, int osdsIn, int osdsUp) {}

    @Override
    public Sight look() {
        try {
            JsonNode map = Json.tree(cluster.ask("{\"prefix\":\"osd dump\",\"format\":\"json\"}"));
            JsonNode health = Json.tree(cluster.ask("{\"prefix\":\"health\",\"format\":\"json\"}"));
            Optional<Redundancy> redundancy = redundancy(map, cluster.pool());
            if (redundancy.isEmpty()) {
                return Sight.unavailable(TYPE, "Ceph has no pool " + cluster.pool());
            }
            Set<String> checks = new TreeSet<>();
            List<String> told = new ArrayList<>();
            health.path("checks").properties().forEach(check -> {
                checks.add(check.getKey());
                told.add(check.getValue().path("summary").path("message").asText());
            });
            PoolState state = state(redundancy.get(), checks);
            if (state != PoolState.unavailable) {
                records.read("leases");
            }
            long[] bytes = bytes(map, redundancy.get().size());
            String detail = state == PoolState.ok ? "" : String.join("; ", told);
            return new Sight(TYPE, state, redundancy.get().size(), bytes[0], bytes[1], detail);
        } catch (PortUnreachable | PortRefusal | ShutOut unwell) {
            return Sight.unavailable(TYPE, String.valueOf(unwell.getMessage()));
        }
    }

    /** Monitors without manager see no placement groups, so the OSDs that are up decide as well. */
    static PoolState state(Redundancy pool, Set<String> checks) {
        if (pool.osdsUp() < pool.minSize() || checks.stream().anyMatch(STOPPED::contains)) {
            return PoolState.unavailable;
        }
        boolean weak = pool.osdsUp() < pool.osdsIn()
                || pool.osdsUp() < pool.size()
                || checks.stream().anyMatch(WEAK::contains);
        return weak ? PoolState.degraded : PoolState.ok;
    }

    static Optional<Redundancy> redundancy(JsonNode map, String pool) {
        int in = 0;
        int up = 0;
        for (JsonNode osd : map.path("osds")) {
            in += osd.path("in").asInt();
            up += osd.path("up").asInt();
        }
        for (JsonNode each : map.path("pools")) {
            if (each.path("pool_name").asText().equals(pool)) {
                return Optional.of(new Redundancy(
                        each.path("size").asInt(), each.path("min_size").asInt(), in, up));
            }
        }
        return Optional.empty();
    }

    /** Capacity and use in MiB, of bytes that are kept once for each replica. */
    private long[] bytes(JsonNode map, int replicas) {
        JsonNode counted = Json.tree(cluster.ask("{\"prefix\":\"df\",\"format\":\"json\"}"))
                .path("stats");
        long all = counted.path("total_bytes").asLong();
        long used = counted.path("total_used_raw_bytes").asLong();
        if (all == 0) {
            for (JsonNode osd : map.path("osds")) {
                JsonNode counters = counters(osd);
                all += counters.path("stat_bytes").asLong();
                used += counters.path("stat_bytes_used").asLong();
            }
        }
        return new long[] {(all / replicas) >> MIB_SHIFT, (used / replicas) >> MIB_SHIFT};
    }

    /** What an OSD counts; nothing where it does not answer, since it may have gone down just now. */
    private JsonNode counters(JsonNode osd) {
        if (osd.path("up").asInt() == 0) {
            return MissingNode.getInstance();
        }
        try {
            String counted = cluster.askOsd(osd.path("osd").asInt(), "{\"prefix\":\"perf dump\",\"logger\":\"osd\"}");
            return Json.tree(counted).path("osd");
        } catch (PortUnreachable silent) {
            return MissingNode.getInstance();
        }
    }
}

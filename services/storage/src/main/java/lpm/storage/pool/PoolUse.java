package lpm.storage.pool;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.PoolId;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.Watcher;

/**
 * How much of each pool is promised: counted from the rows of disks and volumes from time to time. Soft state: what
 * was ordered since the last count is not in it, so a nearly full thin pool may be promised a little beyond its
 * capacity.
 */
public final class PoolUse implements Watcher {
    private static final List<String> TABLES = List.of("disk_view", "volume_view");
    private static final int PAGE = 10_000;
    private static final long MIB_PER_GIB = 1024;

    private final Map<String, Long> usedMib = new ConcurrentHashMap<>();

    /** What the count needs of a row. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Use(String pool, long sizeMib) {}

    /** GiB promised at the last count. */
    public long usedGib(PoolId pool) {
        return usedMib.getOrDefault(pool.value(), 0L) / MIB_PER_GIB;
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void hear(Envelope<?> telemetry) {
        // what hosts see of a pool is not what is promised of it
    }

    @Override
    public List<Command> look(Instant now, Lookup rows) {
        Map<String, Long> counted = new ConcurrentHashMap<>();
        for (String table : TABLES) {
            long offset = 0;
            List<Use> page;
            do {
                page = rows.find(
                        table, Query.all().orderBy("id", false).limit(PAGE).offset(offset), Use.class);
                page.forEach(use -> counted.merge(use.pool(), use.sizeMib(), Long::sum));
                offset += page.size();
            } while (page.size() == PAGE);
        }
        usedMib.putAll(counted);
        usedMib.keySet().retainAll(counted.keySet());
        return List.of();
    }
}

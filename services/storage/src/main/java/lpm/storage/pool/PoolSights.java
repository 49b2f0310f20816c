package lpm.storage.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.PoolId;
import lpm.contracts.host.Telemetry.PoolSeen;
import lpm.platform.Lookup;
import lpm.platform.Watcher;

/** How each host sees each pool: soft state, shown and never decided on. */
public final class PoolSights implements Watcher {
    /** What nobody told again for so long is forgotten. */
    static final Duration FORGET_AFTER = Duration.ofMinutes(1);

    private final Map<Pair, Seen> newest = new ConcurrentHashMap<>();

    private record Pair(PoolId pool, HostId host) {}

    /** What a host told, and when. */
    record Seen(PoolSeen sight, Instant at) {}

    /** The newest sights of a pool, the worst first. */
    List<Seen> of(PoolId pool) {
        return newest.values().stream()
                .filter(each -> each.sight().pool().equals(pool))
                .sorted(Comparator.comparing((Seen each) -> each.sight().state())
                        .reversed()
                        .thenComparing(each -> each.sight().by().host().value()))
                .toList();
    }

    /** The worst that is told of a pool now. */
    Optional<Seen> worst(PoolId pool) {
        return of(pool).stream().findFirst();
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void hear(Envelope<?> telemetry) {
        if (telemetry.data() instanceof PoolSeen sight) {
            newest.put(new Pair(sight.pool(), sight.by().host()), new Seen(sight, telemetry.occurredAt()));
        }
    }

    @Override
    public List<Command> look(Instant now, Lookup rows) {
        newest.values().removeIf(each -> each.at().plus(FORGET_AFTER).isBefore(now));
        return List.of();
    }
}

package lpm.storage.pool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A pool as {@code /ops/v1/storage/pools} shows it; what is used is as of the last count.
 *
 * @param health ok, degraded or unavailable, the worst that a host tells; unknown when none tells
 */
record PoolJson(
        String id,
        String region,
        long capacityGib,
        long usedGib,
        long freeGib,
        double usedRatio,
        String health,
        Optional<Integer> replicas,
        List<Sight> seen) {
    PoolJson {
        seen = List.copyOf(seen);
    }

    /** The pool as one host sees it. */
    record Sight(
            String by,
            Instant at,
            String type,
            String health,
            int replicas,
            long capacityMib,
            long usedMib,
            String detail) {
        static Sight of(PoolSights.Seen seen) {
            return new Sight(
                    seen.sight().by().host().value(),
                    seen.at(),
                    seen.sight().type(),
                    seen.sight().state().name(),
                    seen.sight().replicas(),
                    seen.sight().capacityMib(),
                    seen.sight().usedMib(),
                    seen.sight().detail());
        }
    }

    static PoolJson of(Pool pool, long usedGib, PoolSights sights) {
        List<PoolSights.Seen> seen = sights.of(pool.id());
        return new PoolJson(
                pool.id().value(),
                pool.region().value(),
                pool.capacityGib(),
                usedGib,
                pool.capacityGib() - usedGib,
                (double) usedGib / pool.capacityGib(),
                health(sights.worst(pool.id())),
                seen.stream().map(each -> each.sight().replicas()).max(Integer::compare),
                seen.stream().map(Sight::of).toList());
    }

    static String health(Optional<PoolSights.Seen> worst) {
        return worst.map(each -> each.sight().state().name()).orElse("unknown");
    }
}

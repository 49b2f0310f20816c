package lpm.storage.pool;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.platform.Lookup;
import lpm.storage.known.KnownHosts;

/** All pools, and the choice among them. */
public final class Pools {
    private final List<Pool> all;
    private final PoolUse use;

    public Pools(List<Pool> all, PoolUse use) {
        this.all = List.copyOf(all);
        this.use = use;
    }

    public List<Pool> all() {
        return all;
    }

    public long usedGib(Pool pool) {
        return use.usedGib(pool.id());
    }

    public boolean serves(Region region) {
        return all.stream().anyMatch(pool -> pool.region().equals(region));
    }

    /** The pool of the region with the most room, if one that the host reaches has enough. */
    public Optional<PoolId> chooseFor(HostRef at, Region region, long sizeGib, Lookup rows) {
        Optional<KnownHosts.Row> host = rows.get(KnownHosts.TABLE, at.host().value(), KnownHosts.Row.class);
        return choose(
                region, sizeGib, pool -> host.filter(row -> !row.reaches(pool)).isEmpty());
    }

    /** The pool of the region with the most room, if one has enough. */
    public Optional<PoolId> choose(Region region, long sizeGib) {
        return choose(region, sizeGib, _ -> true);
    }

    private Optional<PoolId> choose(Region region, long sizeGib, Predicate<PoolId> usable) {
        return all.stream()
                .filter(pool -> pool.region().equals(region) && usable.test(pool.id()))
                .filter(pool -> freeGib(pool) >= sizeGib)
                .max(Comparator.comparingLong(this::freeGib))
                .map(Pool::id);
    }

    private long freeGib(Pool pool) {
        return pool.capacityGib() - usedGib(pool);
    }

    /** A live host of the region that reaches the pool; {@code turn} spreads the work. */
    public static Optional<HostRef> worker(Region region, PoolId pool, long turn, Lookup rows) {
        List<HostRef> able = KnownHosts.live(region.value(), rows).stream()
                .filter(host -> host.reaches(pool))
                .map(KnownHosts.Row::ref)
                .toList();
        return able.isEmpty() ? Optional.empty() : Optional.of(able.get(Math.floorMod(turn, able.size())));
    }
}

package lpm.storage.pool;

/** A pool as {@code /ops/v1/storage/pools} shows it; what is used is as of the last count. */
record PoolJson(String id, String region, long capacityGib, long usedGib, long freeGib, double usedRatio) {
    static PoolJson of(Pool pool, long usedGib) {
        return new PoolJson(
                pool.id().value(),
                pool.region().value(),
                pool.capacityGib(),
                usedGib,
                pool.capacityGib() - usedGib,
                (double) usedGib / pool.capacityGib());
    }
}

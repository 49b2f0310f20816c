package lpm.hostagent.disks.pools;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import lpm.contracts.PoolId;
import lpm.contracts.host.Telemetry.PoolState;
import lpm.hostagent.disks.PoolHealth.Sight;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.records.ShutOut;

/**
 * Looks at every pool from time to time: at its health, and at all leases, so that a host that has fallen silent can be
 * revoked at once. Each agent makes at most ten reads a second for that, however many hosts there are.
 */
final class PoolsWatch implements AutoCloseable {
    private static final Duration HEALTH_EVERY = Duration.ofSeconds(10);
    private static final long LEASES_EVERY_MILLIS = 2_000;
    private static final long MILLIS_PER_LEASE = 100;

    private final Map<PoolId, Sight> sights = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads;

    PoolsWatch(Map<PoolId, OpenPool> pools) {
        // a pool that hangs keeps its own two threads
        this.threads = Executors.newScheduledThreadPool(
                2 * pools.size(),
                Thread.ofPlatform().daemon().name("pool-watch-", 0).factory());
        pools.forEach((id, pool) -> {
            var _ = threads.scheduleWithFixedDelay(
                    () -> watch(id, pool), 0, HEALTH_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            watchLeases(pool, LEASES_EVERY_MILLIS);
        });
    }

    Map<PoolId, Sight> sights() {
        return Map.copyOf(sights);
    }

    private void watch(PoolId id, OpenPool pool) {
        Sight sight = pool.health().look();
        sights.put(id, sight);
        if (sight.state() != PoolState.unavailable) {
            try {
                pool.tending().run();
            } catch (PortUnreachable | PortRefusal later) {
                // The next look tends it again.
                return;
            }
        }
    }

    private void watchLeases(OpenPool pool, long inMillis) {
        var _ = threads.schedule(
                () -> {
                    long next = Math.max(LEASES_EVERY_MILLIS, leases(pool) * MILLIS_PER_LEASE);
                    watchLeases(pool, next);
                },
                inMillis,
                TimeUnit.MILLISECONDS);
    }

    private static int leases(OpenPool pool) {
        try {
            return pool.lease().watch();
        } catch (PortUnreachable | PortRefusal | ShutOut unseen) {
            // What was not seen is not older for it; the pool's health says that it does not answer.
            return 0;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

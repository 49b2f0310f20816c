package lpm.hostagent.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.contracts.MessageTypes;
import lpm.contracts.PoolId;
import lpm.contracts.host.Telemetry;
import lpm.contracts.host.Telemetry.CopyProgress;
import lpm.contracts.host.Telemetry.Heartbeat;
import lpm.contracts.host.Telemetry.LinodeLoad;
import lpm.contracts.host.Telemetry.PoolSeen;
import lpm.hostagent.disks.PoolHealth.Sight;
import lpm.hostagent.hypervisor.CopyCounters;
import lpm.hostagent.hypervisor.HostFacts;
import lpm.hostagent.hypervisor.Hypervisor;

/** Soft state, told from time to time and never kept: that the agent lives, how busy it is, how far copies are. */
public final class Pulse {
    /** Time between two heartbeats. */
    public static final Duration BEAT_EVERY = Duration.ofSeconds(2);

    /** Time between two looks at running copies. */
    public static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

    /** Time between two words on the pools. */
    public static final Duration POOLS_EVERY = Duration.ofSeconds(10);

    private final Hypervisor hypervisor;
    private final Supplier<Map<PoolId, Sight>> pools;
    private final Reports reports;
    private final TelemetrySink sink;
    private final InstantSource clock;
    private Instant nextBeat = Instant.MIN;
    private Instant nextProgress = Instant.MIN;
    private Instant nextPools = Instant.MIN;
    private long told;

    /** @param pools how each pool was when it was last looked at; must not wait */
    public Pulse(
            Hypervisor hypervisor,
            Supplier<Map<PoolId, Sight>> pools,
            Reports reports,
            TelemetrySink sink,
            InstantSource clock) {
        this.hypervisor = hypervisor;
        this.pools = pools;
        this.reports = reports;
        this.sink = sink;
        this.clock = clock;
    }

    /** Tells what is due. A host whose hypervisor does not answer gives no sign of life. */
    public void tick(HostFacts facts, boolean leaseHeld) {
        Instant now = clock.instant();
        if (!now.isBefore(nextBeat)) {
            nextBeat = now.plus(BEAT_EVERY);
            List<LinodeLoad> loads = hypervisor.loads();
            double busy = loads.stream().mapToDouble(LinodeLoad::cpu).sum()
                    / Math.max(1, facts.capacity().vcpus());
            tell(new Heartbeat(reports.self(), leaseHeld, busy, hypervisor.freeMemoryMib(), loads), now);
        }
        if (!now.isBefore(nextProgress)) {
            nextProgress = now.plus(PROGRESS_EVERY);
            hypervisor.copies().forEach(each -> tell(progress(each), now));
        }
        if (!now.isBefore(nextPools)) {
            nextPools = now.plus(POOLS_EVERY);
            pools.get().forEach((pool, sight) -> tell(seen(pool, sight), now));
        }
    }

    private PoolSeen seen(PoolId pool, Sight sight) {
        return new PoolSeen(
                reports.self(),
                pool,
                sight.type(),
                sight.state(),
                sight.replicas(),
                sight.capacityMib(),
                sight.usedMib(),
                sight.detail());
    }

    private CopyProgress progress(CopyCounters counters) {
        double all = Math.max(1, counters.sentMib() + counters.remainingMib());
        return new CopyProgress(
                reports.self(),
                counters.migration(),
                counters.linode(),
                counters.round(),
                counters.sentMib(),
                counters.remainingMib(),
                counters.mibPerSecond(),
                (int) Math.round(100 * counters.sentMib() / all));
    }

    private void tell(Telemetry data, Instant now) {
        UUID id = Reports.idOf("telemetry:" + reports.self() + "#" + told++, now);
        sink.tell(new Envelope<>(
                id,
                MessageTypes.nameOf(data.getClass()),
                MessageTypes.versionOf(data.getClass()),
                reports.self().host().aggregateId(),
                null,
                null,
                null,
                null,
                reports.self().hostEpoch(),
                null,
                null,
                now,
                id,
                null,
                Actor.host(reports.self().host()),
                null,
                data));
    }
}

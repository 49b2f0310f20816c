package lpm.hostagent.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.Telemetry.LinodeLoad;
import lpm.hostagent.hypervisor.HostFacts;
import lpm.hostagent.hypervisor.PreCopy;

/** Power switch and watchdog of each host. */
final class HostModel {
    /** W: the watchdog pauses every domain so long after the sending of the last acknowledged renewal. */
    static final Duration WATCHDOG = Duration.ofSeconds(20);

    private static final double MIN_DIRTY_MIB_PER_SECOND = 4;
    private static final double MAX_DIRTY_MIB_PER_SECOND = 36;

    private final ModelState state;
    private final long seed;

    HostModel(ModelState state, long seed) {
        this.state = state;
        this.seed = seed;
    }

    void powerOn(SimHost host) {
        host.powered = true;
        host.frozen = false;
        host.renewedAt = Optional.empty();
        host.bootId = host.id + "@" + state.time.now().toEpochMilli();
        state.save(host);
    }

    /** Everything that lived in the host's memory is gone. */
    void powerOff(SimHost host) {
        state.domains(host.id).forEach(state::remove);
        host.powered = false;
        host.renewedAt = Optional.empty();
        host.frozen = false;
        state.save(host);
    }

    HostFacts facts(HostId id) {
        SimHost host = state.on(id);
        return new HostFacts(
                host.bootId,
                host.capacity,
                List.of(poolOf(host.region)),
                "simulated-xen 1.0",
                "Simulated EPYC",
                "sim://" + id,
                host.linkMibPerSecond,
                PreCopy.SWITCH_MILLIS);
    }

    /** The shared pool of a region. */
    static PoolId poolOf(Region region) {
        return PoolId.of("pool-" + region);
    }

    /** An acknowledged renewal, sent at that time: domains run on if it is fresh enough. */
    void pet(SimHost host, Instant sentAt) {
        host.renewedAt = Optional.of(sentAt);
        host.frozen = host.frozen && !sentAt.plus(WATCHDOG).isAfter(state.time.now());
        state.save(host);
        arm(host);
    }

    /** Lets the watchdog look again when the newest renewal is too old. */
    void arm(SimHost host) {
        host.renewedAt.ifPresent(sentAt -> state.time.at(sentAt.plus(WATCHDOG), () -> bite(host, sentAt)));
    }

    /** Every domain is destroyed: the watchdog has nothing to watch until the next renewal. */
    void leaseRevoked(SimHost host) {
        host.renewedAt = Optional.empty();
        host.frozen = false;
        state.save(host);
    }

    List<LinodeLoad> loads(HostId id) {
        state.on(id);
        return state.domains(id).stream()
                .filter(each -> each.state == State.running && !each.awaited)
                .map(each -> new LinodeLoad(
                        each.linode, cpu(each.linode, each.spec.resources().vcpus()), dirtyMibPerSecond(each.linode)))
                .toList();
    }

    /** How fast a guest writes: a property of the guest, the same on every host. */
    double dirtyMibPerSecond(LinodeId linode) {
        return MIN_DIRTY_MIB_PER_SECOND
                + (MAX_DIRTY_MIB_PER_SECOND - MIN_DIRTY_MIB_PER_SECOND) * fraction(linode.value() * 2);
    }

    private double cpu(LinodeId linode, int vcpus) {
        double busy = fraction(linode.value() * 2 + 1);
        return vcpus * (0.05 + 0.6 * busy * busy);
    }

    private void bite(SimHost host, Instant sentAt) {
        boolean newest = host.renewedAt.equals(Optional.of(sentAt));
        if (newest && host.powered && !host.frozen) {
            host.frozen = true;
            state.save(host);
        }
    }

    /** A number in [0, 1) that only the seed and the input decide (SplitMix64's mixing). */
    private double fraction(long input) {
        long mixed = (seed ^ input) * 0x9E3779B97F4A7C15L + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return ((mixed ^ (mixed >>> 31)) >>> 11) * 0x1.0p-53;
    }
}

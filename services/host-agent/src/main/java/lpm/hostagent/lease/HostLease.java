package lpm.hostagent.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.lease.PoolLease.Renewal;

/**
 * The host's right to run anything: renewed at every pool, counted from the sending of a renewal, never from its
 * answer. The watchdog is told of each, and pauses the domains when it hears of none for W.
 */
public final class HostLease {
    /** Time between two renewals. */
    public static final Duration RENEW_EVERY = Duration.ofSeconds(2);

    /** W: so long after the sending of the last acknowledged renewal the watchdog acts. */
    public static final Duration WATCHDOG = Duration.ofSeconds(20);

    /** Nothing is started when so little of W is left. */
    public static final Duration MARGIN = Duration.ofSeconds(5);

    private final PoolLease pools;
    private final Hypervisor hypervisor;
    private final InstantSource clock;
    private final Set<PoolId> acquired = new HashSet<>();
    private Instant sentAt = Instant.MIN;
    private Instant nextAt = Instant.MIN;

    public HostLease(PoolLease pools, Hypervisor hypervisor, InstantSource clock) {
        this.pools = pools;
        this.hypervisor = hypervisor;
        this.clock = clock;
    }

    /** Renews when it is time; {@code revoked} means that this registration may not run anything any more. */
    public Renewal tick(HostRef self, List<PoolId> reached) {
        Instant now = clock.instant();
        if (now.isBefore(nextAt)) {
            return Renewal.renewed;
        }
        nextAt = now.plus(RENEW_EVERY);
        for (PoolId pool : reached) {
            try {
                if (renew(pool, self) == Renewal.revoked) {
                    return Renewal.revoked;
                }
            } catch (PortUnreachable unanswered) {
                // A timeout is no verdict: the age of the last acknowledged renewal decides, here and at the watchdog.
                return Renewal.renewed;
            }
        }
        sentAt = now;
        hypervisor.petWatchdog(Duration.between(now, clock.instant()).toMillis());
        return Renewal.renewed;
    }

    /** Whether something may be started now. */
    public boolean isFresh() {
        return sentAt.isAfter(clock.instant().minus(WATCHDOG).plus(MARGIN));
    }

    /** A new registration begins: nothing is held. */
    public void forget() {
        acquired.clear();
        sentAt = Instant.MIN;
        nextAt = Instant.MIN;
    }

    /** The first renewal of a process may be that of a registration that never held the lease. */
    private Renewal renew(PoolId pool, HostRef self) {
        Renewal answer = acquired.contains(pool) ? pools.renew(pool, self) : pools.acquire(pool, self);
        if (answer == Renewal.renewed) {
            acquired.add(pool);
        }
        return answer;
    }
}

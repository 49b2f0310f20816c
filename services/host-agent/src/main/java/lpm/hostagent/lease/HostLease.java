package lpm.hostagent.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.lease.PoolLease.Renewal;
import org.jspecify.annotations.Nullable;

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
    private final Executor calls;
    private Set<PoolId> acquired = ConcurrentHashMap.newKeySet();
    private Instant sentAt = Instant.MIN;
    private Instant nextAt = Instant.MIN;
    /** The last answer was none. */
    private boolean unanswered;

    private @Nullable Call open;

    /**
     * Nothing is renewed yet.
     *
     * @param calls where pools and watchdog are called, so that a slow one delays nothing else
     */
    public HostLease(PoolLease pools, Hypervisor hypervisor, InstantSource clock, Executor calls) {
        this.pools = pools;
        this.hypervisor = hypervisor;
        this.clock = clock;
        this.calls = calls;
    }

    /** A renewal at all pools that is under way. */
    private record Call(Instant sentAt, CompletableFuture<Answer> answer) {}

    /** What a renewal came to, and what an operator should hear of: a pool that refuses, a watchdog that is deaf. */
    private record Answer(Word word, Optional<PortUnreachable> trouble) {}

    private enum Word {
        renewed,
        revoked,
        /** A timeout is no verdict: the age of the last acknowledged renewal decides, here and at the watchdog. */
        none
    }

    /**
     * Takes the answer of the renewal under way, and sends one when it is time and none is under way; {@code revoked}
     * means that this registration may not run anything any more.
     */
    public Renewal tick(HostRef self, List<PoolId> reached) {
        if (takeAnswer() == Renewal.revoked) {
            return Renewal.revoked;
        }
        Instant now = clock.instant();
        if (open != null || now.isBefore(nextAt)) {
            return Renewal.renewed;
        }
        nextAt = now.plus(RENEW_EVERY);
        Set<PoolId> held = acquired;
        open = new Call(now, CompletableFuture.supplyAsync(() -> renewAll(now, self, reached, held), calls));
        return takeAnswer();
    }

    private Renewal takeAnswer() {
        Call call = open;
        if (call == null || !call.answer().isDone()) {
            return Renewal.renewed;
        }
        open = null;
        Answer answer = call.answer().join();
        unanswered = answer.word() == Word.none;
        if (answer.word() == Word.renewed) {
            sentAt = call.sentAt();
        }
        answer.trouble().ifPresent(trouble -> {
            throw trouble;
        });
        return answer.word() == Word.revoked ? Renewal.revoked : Renewal.renewed;
    }

    private Answer renewAll(Instant sent, HostRef self, List<PoolId> reached, Set<PoolId> held) {
        for (PoolId pool : reached) {
            try {
                if (renew(pool, self, held) == Renewal.revoked) {
                    return new Answer(Word.revoked, Optional.empty());
                }
            } catch (PortUnreachable nobody) {
                return new Answer(Word.none, Optional.empty());
            } catch (PortRefusal no) {
                return new Answer(Word.none, Optional.of(new PortUnreachable(no.reason(), no)));
            }
        }
        try {
            hypervisor.petWatchdog(Duration.between(sent, clock.instant()).toMillis());
            return new Answer(Word.renewed, Optional.empty());
        } catch (PortUnreachable deaf) {
            return new Answer(Word.renewed, Optional.of(deaf));
        }
    }

    /** Whether something may be started now. */
    public boolean isFresh() {
        return sentAt.isAfter(clock.instant().minus(WATCHDOG).plus(MARGIN));
    }

    /** Whether a renewal is under way. */
    public boolean isOpen() {
        return open != null;
    }

    /** Whether it will soon be known if something may be started: it pays to wait rather than to refuse. */
    public boolean isAboutToBeKnown() {
        return open != null && !unanswered && !isFresh();
    }

    /** A new registration begins: nothing is held, and what the old one still hears counts for nothing. */
    public void forget() {
        acquired = ConcurrentHashMap.newKeySet();
        sentAt = Instant.MIN;
        nextAt = Instant.MIN;
        unanswered = false;
        open = null;
    }

    /** The first renewal of a process may be that of a registration that never held the lease. */
    private Renewal renew(PoolId pool, HostRef self, Set<PoolId> held) {
        Renewal answer = held.contains(pool) ? pools.renew(pool, self) : pools.acquire(pool, self);
        if (answer == Renewal.renewed) {
            held.add(pool);
        }
        return answer;
    }
}

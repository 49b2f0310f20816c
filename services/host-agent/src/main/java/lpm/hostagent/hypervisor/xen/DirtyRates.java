package lpm.hostagent.hypervisor.xen;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import lpm.contracts.LinodeId;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;

/**
 * How fast guests write to their memory, from short samples of Xen's log of dirty pages. Xen keeps one log a domain,
 * and a migration needs it: a send waits for the sample that runs, and no other is begun while one lasts.
 */
final class DirtyRates {
    static final Duration SAMPLE_EVERY = Duration.ofSeconds(30);
    private static final int SAMPLE_MILLIS = 500;

    /** A guest that has just come by a move has its devices to connect again; a sample slows each of its writes. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Dom0 dom0;
    private final Executor executor;
    private final ReadWriteLock log = new ReentrantReadWriteLock();
    private final AtomicBoolean sampling = new AtomicBoolean();
    private final Map<LinodeId, Rate> rates = new ConcurrentHashMap<>();

    DirtyRates(Dom0 dom0, Executor executor) {
        this.dom0 = dom0;
        this.executor = executor;
    }

    private record Rate(double mibPerSecond, long atNanos) {}

    /** A running domain. */
    record Guest(LinodeId linode, int domain) {}

    /** MiB a second as the newest sample showed it; 0 before there is one. */
    double of(LinodeId linode) {
        Rate rate = rates.get(linode);
        return rate == null ? 0 : rate.mibPerSecond();
    }

    /** Samples the guests whose turn it is, without keeping the caller waiting. */
    void refresh(List<Guest> guests) {
        rates.keySet().retainAll(guests.stream().map(Guest::linode).toList());
        List<Guest> due = guests.stream().filter(this::due).toList();
        if (!due.isEmpty() && sampling.compareAndSet(false, true)) {
            executor.execute(() -> {
                try {
                    due.forEach(this::sample);
                } finally {
                    sampling.set(false);
                }
            });
        }
    }

    /** Held while a domain is sent: taken when no sample runs, and none is begun before it is given back. */
    Lock sending() {
        return log.readLock();
    }

    private boolean due(Guest guest) {
        long now = System.nanoTime();
        long settled = now + SETTLING.minus(SAMPLE_EVERY).toNanos();
        Rate rate = rates.computeIfAbsent(guest.linode(), _ -> new Rate(0, settled));
        return now - rate.atNanos() > SAMPLE_EVERY.toNanos();
    }

    private void sample(Guest guest) {
        if (log.writeLock().tryLock()) {
            try {
                rates.put(guest.linode(), new Rate(ask(guest), System.nanoTime()));
            } finally {
                log.writeLock().unlock();
            }
        }
    }

    /** A guest that cannot be sampled (it went away, or dom0 lacks the tool) keeps the rate it had. */
    private double ask(Guest guest) {
        try {
            String domain = Integer.toString(guest.domain());
            return Double.parseDouble(dom0.ask(LIMIT, "dirty", domain, Integer.toString(SAMPLE_MILLIS))
                    .getFirst());
        } catch (PortRefusal | PortUnreachable unknown) {
            return of(guest.linode());
        }
    }
}

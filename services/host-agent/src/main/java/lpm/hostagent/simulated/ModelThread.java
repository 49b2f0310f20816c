package lpm.hostagent.simulated;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets real time drive a model, one call or due moment at a time. */
final class ModelThread {
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    private final SimulatedXen model;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    ModelThread(SimulatedXen model, InstantSource clock) {
        this.model = model;
        this.clock = clock;
    }

    /** Does something to the model as it is now. */
    <T> @Nullable T call(Supplier<@Nullable T> action) {
        lock.lock();
        try {
            model.advanceTo(clock.instant());
            return action.get();
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Lets time pass until the thread is interrupted. */
    void runForEver() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                Instant now = clock.instant();
                model.advanceTo(now);
                Duration rest = model.nextDue()
                        .map(due -> Duration.between(now, due))
                        .filter(each -> each.compareTo(LONGEST_REST) < 0)
                        .orElse(LONGEST_REST);
                var _ = changed.await(Math.max(1, rest.toNanos()), TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }
}

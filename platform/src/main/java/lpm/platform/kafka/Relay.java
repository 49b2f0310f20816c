package lpm.platform.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import lpm.platform.ops.Meters;
import lpm.platform.store.Backoff;
import lpm.platform.store.Bell;
import lpm.platform.store.Leader;
import lpm.platform.store.Stop;
import lpm.platform.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that runs the outbox in the one replica that leads; after a failure it starts again from the stored
 * position.
 */
public final class Relay implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration HELD_UP = Duration.ofMillis(5);
    private static final Duration STANDBY = Duration.ofSeconds(1);
    private static final Duration CHECK_LEAD = Duration.ofSeconds(1);

    private final Store store;
    private final Outbox outbox;
    private final Refill refill;
    private final Supplier<Publisher> publishers;
    private final Bell appended;
    private final Bell due;
    private final Meters meters;
    private final Stop stop;
    private final Backoff backoff = new Backoff();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile boolean leading;

    Relay(Inside in, Outbox outbox, Refill refill, Supplier<Publisher> publishers) {
        this.store = in.store();
        this.outbox = outbox;
        this.refill = refill;
        this.publishers = publishers;
        this.appended = in.appended();
        this.due = in.dueBell();
        this.meters = in.meters();
        this.stop = in.stop();
    }

    /** Runs this once a second while leading, for meters. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Whether this replica is the active one. */
    public boolean isLeading() {
        return leading;
    }

    @Override
    public void run() {
        while (!stop.isAsked()) {
            try {
                lead();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                meters.restarted("relay");
                LOG.warn("the relay starts again: {}", e.toString());
                backoff.pause();
            } finally {
                leading = false;
            }
        }
    }

    private void lead() throws InterruptedException {
        Optional<Leader> taken = Leader.take(store, "relay");
        if (taken.isEmpty()) {
            appended.await(STANDBY);
            return;
        }
        try (Leader leader = taken.get();
                Publisher publisher = publishers.get()) {
            leading = true;
            due.ring();
            refill.begin(publisher);
            relay(leader, publisher);
        }
    }

    private void relay(Leader leader, Publisher publisher) throws InterruptedException {
        long checked = System.nanoTime();
        while (!stop.isAsked()) {
            if (!refill.pass(publisher)) {
                passOn(publisher);
            }
            backoff.reset();
            if (System.nanoTime() - checked > CHECK_LEAD.toNanos()) {
                checked = System.nanoTime();
                meters.outboxLag(outbox.backlog());
                watchers.forEach(Runnable::run);
                publisher.check();
                if (!leader.holds()) {
                    return;
                }
            }
        }
    }

    private void passOn(Publisher publisher) throws InterruptedException {
        switch (outbox.pass(publisher)) {
            case published -> due.ring();
            case idle -> appended.await(IDLE);
            case heldUp -> appended.await(HELD_UP);
        }
    }
}

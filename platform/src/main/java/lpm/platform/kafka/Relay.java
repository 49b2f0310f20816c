package lpm.platform.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import lpm.platform.ops.Meters;
import lpm.platform.store.Backoff;
import lpm.platform.store.Bell;
import lpm.platform.store.Leader;
import lpm.platform.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that runs the outbox in the one replica that leads; after a failure it starts again from the stored position. */
public final class Relay implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration HELD_UP = Duration.ofMillis(5);
    private static final Duration STANDBY = Duration.ofSeconds(1);
    private static final Duration CHECK_LEAD = Duration.ofSeconds(1);

    private final Store store;
    private final Outbox outbox;
    private final Supplier<Publisher> publishers;
    private final Bell appended;
    private final Bell due;
    private final Meters meters;
    private final Backoff backoff = new Backoff();
    private volatile boolean leading;

    Relay(Store store, Outbox outbox, Supplier<Publisher> publishers, Bell appended, Bell due, Meters meters) {
        this.store = store;
        this.outbox = outbox;
        this.publishers = publishers;
        this.appended = appended;
        this.due = due;
        this.meters = meters;
    }

    /** Whether this replica is the active one. */
    public boolean isLeading() {
        return leading;
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
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
            relay(leader, publisher);
        }
    }

    private void relay(Leader leader, Publisher publisher) throws InterruptedException {
        Instant checked = Instant.now();
        while (!Thread.currentThread().isInterrupted()) {
            switch (outbox.pass(publisher)) {
                case published -> due.ring();
                case idle -> appended.await(IDLE);
                case heldUp -> appended.await(HELD_UP);
            }
            backoff.reset();
            if (Duration.between(checked, Instant.now()).compareTo(CHECK_LEAD) > 0) {
                checked = Instant.now();
                meters.outboxLag(outbox.backlog());
                if (!leader.holds()) {
                    return;
                }
            }
        }
    }
}

package lpm.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import lpm.contracts.Topics;
import lpm.platform.ops.Meters;
import lpm.platform.store.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Account's sign of life: it leads, and its events are out. Others that miss it for a minute refuse writes. */
final class Pulse implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Outbox outbox;
    private final Relay relay;
    private final Supplier<Publisher> publishers;
    private final Clock clock;
    private final Meters meters;
    private final Backoff backoff = new Backoff();

    Pulse(Outbox outbox, Relay relay, Supplier<Publisher> publishers, Clock clock, Meters meters) {
        this.outbox = outbox;
        this.relay = relay;
        this.publishers = publishers;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Publisher publisher = publishers.get()) {
                while (!Thread.currentThread().isInterrupted()) {
                    if (relay.isLeading() && outbox.backlog() < Outbox.BATCH) {
                        beat(publisher);
                    }
                    Thread.sleep(INTERVAL);
                    backoff.reset();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                meters.restarted("pulse");
                LOG.warn("the pulse starts again: {}", e.toString());
                backoff.pause();
            }
        }
    }

    private void beat(Publisher publisher) {
        String value = "{\"at\":\"" + clock.instant() + "\"}";
        publisher.send(Topics.ACCOUNT_PULSE, "account", "account.Pulse", value.getBytes(StandardCharsets.UTF_8));
        publisher.awaitAcks();
    }
}

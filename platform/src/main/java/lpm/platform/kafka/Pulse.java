package lpm.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import lpm.contracts.Topics;
import lpm.platform.ops.Meters;
import lpm.platform.store.Backoff;
import lpm.platform.store.Stop;
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
    private final Stop stop;
    private final Backoff backoff = new Backoff();

    Pulse(Inside in, Outbox outbox, Relay relay, Supplier<Publisher> publishers) {
        this.outbox = outbox;
        this.relay = relay;
        this.publishers = publishers;
        this.clock = in.clock();
        this.meters = in.meters();
        this.stop = in.stop();
    }

    @Override
    public void run() {
        while (!stop.isAsked()) {
            try (Publisher publisher = publishers.get()) {
                while (!stop.isAsked()) {
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

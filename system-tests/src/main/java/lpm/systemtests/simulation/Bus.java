package lpm.systemtests.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import lpm.contracts.Envelope;

/** Kafka as far as services rely on it: every reader gets every record, those of one key in their order. */
public final class Bus {
    private static final int MAX_DELAY_MILLIS = 5;

    private final Timeline timeline;
    private final List<Reader> readers = new ArrayList<>();
    private final List<Published> log = new ArrayList<>();
    private final Map<String, Instant> lastDelivery = new HashMap<>();

    public Bus(Timeline timeline) {
        this.timeline = timeline;
    }

    private record Reader(String name, Predicate<String> topics, Consumer<Envelope<?>> handler) {}

    /** One record of a topic. */
    public record Published(String topic, Envelope<?> envelope) {}

    /** Starts reading the topics whose names match, from now on. */
    public void subscribe(String name, Predicate<String> topics, Consumer<Envelope<?>> handler) {
        readers.add(new Reader(name, topics, handler));
    }

    /** Publishes a stored message: it is kept in the log and delivered a moment later. */
    public void publish(String topic, Envelope<?> envelope) {
        log.add(new Published(topic, envelope));
        deliver(topic, envelope);
    }

    /** Publishes soft state: delivered, never kept. */
    public void tell(String topic, Envelope<?> envelope) {
        deliver(topic, envelope);
    }

    /** Everything published, in order. */
    public List<Published> log() {
        return List.copyOf(log);
    }

    private void deliver(String topic, Envelope<?> envelope) {
        for (Reader reader : readers) {
            if (reader.topics().test(topic)) {
                String lane = reader.name() + "|" + topic + "|" + envelope.aggregateId();
                Instant due = timeline.now()
                        .plus(Duration.ofMillis(1 + timeline.random().nextInt(MAX_DELAY_MILLIS)));
                Instant previous = lastDelivery.get(lane);
                Instant at = previous != null && previous.isAfter(due) ? previous : due;
                lastDelivery.put(lane, at);
                timeline.at(at, () -> reader.handler().accept(envelope));
            }
        }
    }
}

package lpm.systemtests.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import lpm.contracts.Envelope;

/**
 * Kafka as far as services rely on it: every reader gets every record at least once, those of one lane in their order,
 * from whatever position it starts at.
 */
public final class Bus {
    private final Timeline timeline;
    private final Weather weather;
    private final List<Reader> readers = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Consumer<Published>> watchers = new ArrayList<>();
    private final List<Published> log = new ArrayList<>();
    private final Map<Lane, List<Envelope<?>>> lanes = new LinkedHashMap<>();

    public Bus(Timeline timeline, Weather weather) {
        this.timeline = timeline;
        this.weather = weather;
    }

    /** One record of a topic. */
    public record Published(String topic, Envelope<?> envelope) {}

    /** What a reader does with a record; false: it could not now, and is given it again. */
    @FunctionalInterface
    public interface Handler {
        boolean take(Lane lane, int offset, Envelope<?> envelope);
    }

    private record Listener(String topic, Consumer<Envelope<?>> handler) {}

    /** Adds a reader of the topics whose names match; it is closed at first. */
    public Reader reader(Predicate<String> topics, Handler handler) {
        Reader reader = new Reader(topics, handler);
        readers.add(reader);
        return reader;
    }

    /** Hears a topic's soft state from now on. */
    public void listen(String topic, Consumer<Envelope<?>> handler) {
        listeners.add(new Listener(topic, handler));
    }

    /** Sees every record when it is published. */
    public void watch(Consumer<Published> watcher) {
        watchers.add(watcher);
    }

    /** Publishes a stored message: it is kept, and delivered a moment later. */
    public void publish(String topic, Envelope<?> envelope) {
        Published published = new Published(topic, envelope);
        log.add(published);
        watchers.forEach(each -> each.accept(published));
        Lane lane = Lane.of(topic, envelope);
        lanes.computeIfAbsent(lane, _ -> new ArrayList<>()).add(envelope);
        readers.forEach(each -> each.look(lane));
    }

    /** Tells soft state: it may be lost, and is never kept. */
    public void tell(String topic, Envelope<?> envelope) {
        for (Listener listener : listeners) {
            if (listener.topic().equals(topic) && !weather.losesBeat()) {
                Duration delay = weather.nextDelay(Lane.of(topic, envelope));
                timeline.after(delay, () -> listener.handler().accept(envelope));
            }
        }
    }

    /** Everything published, in order. */
    public List<Published> log() {
        return List.copyOf(log);
    }

    /** How much was published. */
    public int size() {
        return log.size();
    }

    /** Whether every reader has been given all there is for it; what a fault held up is on its way for a while yet. */
    public boolean isRead() {
        return readers.stream().allMatch(Reader::isThrough);
    }

    /** The record published at that place. */
    public Published at(int index) {
        return log.get(index);
    }

    /** One consumer and how far it is in each lane. */
    public final class Reader {
        private final Predicate<String> topics;
        private final Handler handler;
        private final Map<Lane, Integer> next = new LinkedHashMap<>();
        private final Set<Lane> planned = new HashSet<>();
        private boolean open;
        private long generation;

        private Reader(Predicate<String> topics, Handler handler) {
            this.topics = topics;
            this.handler = handler;
        }

        /** Starts to read, each lane from the position that is remembered for it. */
        public void open(ToIntFunction<Lane> positions) {
            open = true;
            generation++;
            planned.clear();
            next.clear();
            lanes.keySet().stream().filter(each -> topics.test(each.topic())).forEach(lane -> {
                next.put(lane, positions.applyAsInt(lane));
                look(lane);
            });
        }

        /** Reads no more. */
        public void close() {
            open = false;
            generation++;
        }

        /** Starts again some records earlier in every lane, as a consumer does that did not know how far it was. */
        public void rewind(int records) {
            if (open) {
                Map<Lane, Integer> positions = new LinkedHashMap<>(next);
                open(lane -> Math.max(0, positions.getOrDefault(lane, 0) - records));
            }
        }

        private void look(Lane lane) {
            boolean more = next.getOrDefault(lane, 0) < size(lane);
            if (open && more && topics.test(lane.topic()) && planned.add(lane)) {
                long current = generation;
                timeline.after(weather.nextDelay(lane), () -> deliver(lane, current));
            }
        }

        private void deliver(Lane lane, long planner) {
            if (!open || planner != generation) {
                return;
            }
            planned.remove(lane);
            int offset = next.getOrDefault(lane, 0);
            if (handler.take(lane, offset, lanes.getOrDefault(lane, List.of()).get(offset))) {
                next.put(lane, Math.max(0, offset + 1 - weather.repeated()));
            }
            look(lane);
        }

        private boolean isThrough() {
            return lanes.keySet().stream()
                    .filter(each -> topics.test(each.topic()))
                    .allMatch(each -> next.getOrDefault(each, 0) == size(each));
        }

        private int size(Lane lane) {
            return lanes.getOrDefault(lane, List.of()).size();
        }
    }
}

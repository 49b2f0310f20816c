package lpm.platform.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.platform.App;
import lpm.platform.Feature;
import lpm.platform.Streams;

/** History from the event table, folded with the features' own {@code evolve}. */
public final class StoredStreams implements Streams {
    private final App app;
    private final EventLog log;

    public StoredStreams(App app, EventLog log) {
        this.app = app;
        this.log = log;
    }

    @Override
    public List<StoredEvent> read(String aggregateId, long fromSequence, int limit) {
        int wanted = Math.clamp(limit, 0, MAX_EVENTS);
        return feature(aggregateId)
                .map(feature -> new Fold<>(feature).window(aggregateId, fromSequence, wanted))
                .orElse(List.of());
    }

    @Override
    public Optional<StoredEvent> lastAt(String aggregateId, Instant at) {
        return feature(aggregateId).flatMap(feature -> new Fold<>(feature).lastAt(aggregateId, at));
    }

    @Override
    public List<StoredEvent> all(long afterPosition, int limit) {
        List<StoredEvent> found = new ArrayList<>();
        long published = log.published();
        long expected = afterPosition + 1;
        for (EventLog.Entry entry : log.after(afterPosition, Math.clamp(limit, 0, MAX_EVENTS))) {
            if (entry.position() > published && entry.position() > expected) {
                // an earlier event may still appear: whoever reads on after this page must not miss it
                break;
            }
            expected = entry.position() + 1;
            found.add(new StoredEvent(entry.position(), log.decoded(entry), Optional.empty()));
        }
        return found;
    }

    private Optional<Feature<?, ?, ?>> feature(String aggregateId) {
        String name = aggregateId.substring(0, Math.max(0, aggregateId.indexOf(':')));
        return app.features().stream()
                .filter(each -> each.name().equals(name))
                .<Feature<?, ?, ?>>map(each -> each)
                .findFirst();
    }

    /** Folds one stream from its beginning, page by page. */
    private final class Fold<S, E extends Event> {
        private final Feature<?, S, E> feature;
        private S state;
        private long next;

        private Fold(Feature<?, S, E> feature) {
            this.feature = feature;
            this.state = feature.decider().initial();
        }

        private List<StoredEvent> page(String aggregateId) {
            return log.ofAggregate(aggregateId, next, MAX_EVENTS).stream()
                    .map(this::folded)
                    .toList();
        }

        private StoredEvent folded(EventLog.Entry entry) {
            Envelope<Event> event = log.decoded(entry);
            state = feature.decider().evolve(state, feature.events().cast(event.data()));
            next = entry.identity().sequence() + 1;
            return new StoredEvent(entry.position(), event, Optional.of(state));
        }

        private List<StoredEvent> window(String aggregateId, long from, int limit) {
            List<StoredEvent> found = new ArrayList<>();
            List<StoredEvent> page;
            do {
                page = page(aggregateId);
                page.stream()
                        .filter(each -> sequence(each) >= from && sequence(each) < from + limit)
                        .forEach(found::add);
            } while (page.size() == MAX_EVENTS && next < from + limit);
            return found;
        }

        private Optional<StoredEvent> lastAt(String aggregateId, Instant at) {
            Optional<StoredEvent> last = Optional.empty();
            List<StoredEvent> page;
            do {
                page = page(aggregateId);
                for (StoredEvent each : page) {
                    if (each.event().occurredAt().isAfter(at)) {
                        return last;
                    }
                    last = Optional.of(each);
                }
            } while (page.size() == MAX_EVENTS);
            return last;
        }

        private long sequence(StoredEvent stored) {
            return Objects.requireNonNull(stored.event().sequence(), "a stored event has a sequence");
        }
    }
}

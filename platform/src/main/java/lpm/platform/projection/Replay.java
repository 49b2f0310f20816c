package lpm.platform.projection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.platform.Feature;
import lpm.platform.Rows;
import lpm.platform.kafka.LowWater;
import lpm.platform.store.EventLog;

/** Runs one feature's {@code evolve} and {@code project} over the log from its first event, in stored order. */
final class Replay<S, E extends Event> {
    private static final int BATCH = 2_000;
    private static final int PAGE = 1_000;
    /** Looks at a gap that may still fill, before the rest is left to {@link #finish}. */
    private static final int MAX_LOOKS = 50;

    /** States of aggregates kept in memory. */
    static final int MAX_STATES = 10_000;

    private final Feature<?, S, E> feature;
    private final EventLog log;
    private final Rows rows;
    private final LowWater settled;
    private final Map<String, Folded<S>> states;
    private long position;
    private long events;

    Replay(Feature<?, S, E> feature, EventLog log, Rows rows, int maxStates) {
        this.feature = feature;
        this.log = log;
        this.rows = rows;
        this.settled = new LowWater(log, BATCH);
        this.states = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Folded<S>> eldest) {
                return size() > maxStates;
            }
        };
    }

    private record Folded<S>(S state, long last) {}

    /** How many events of the feature were projected so far. */
    long events() {
        return events;
    }

    /** Projects what surely has its place in the order; comes back when little is left. */
    void catchUp() {
        int looks = 0;
        boolean more = true;
        while (more) {
            List<EventLog.Entry> batch = settled.after(position);
            project(batch);
            looks = batch.isEmpty() ? looks + 1 : 0;
            more = batch.size() == BATCH || (settled.isHeldUp() && looks < MAX_LOOKS);
        }
    }

    /** Projects all the rest, while nobody can append. */
    void finish() {
        List<EventLog.Entry> batch;
        do {
            batch = log.after(position, BATCH);
            project(batch);
        } while (batch.size() == BATCH);
    }

    private void project(List<EventLog.Entry> batch) {
        String prefix = feature.name() + ":";
        for (EventLog.Entry each : batch) {
            if (each.aggregateId().startsWith(prefix)) {
                Envelope<Event> event = log.decoded(each);
                E data = feature.events().cast(event.data());
                long sequence = each.identity().sequence();
                S after = feature.decider().evolve(before(each.aggregateId(), sequence), data);
                states.put(each.aggregateId(), new Folded<>(after, sequence));
                feature.view().project(event.withData(data), after, rows);
                events++;
            }
            position = each.position();
        }
    }

    private S before(String aggregateId, long sequence) {
        Folded<S> known = states.get(aggregateId);
        return known != null && known.last() == sequence - 1 ? known.state() : folded(aggregateId, sequence);
    }

    /** The state that was forgotten because too many others came since. */
    private S folded(String aggregateId, long until) {
        S state = feature.decider().initial();
        long next = 0;
        while (next < until) {
            List<EventLog.Entry> page = log.ofAggregate(aggregateId, next, (int) Math.min(PAGE, until - next));
            if (page.isEmpty()) {
                throw new IllegalStateException(aggregateId + " lacks event " + next);
            }
            for (EventLog.Entry each : page) {
                state = feature.decider()
                        .evolve(state, feature.events().cast(log.decoded(each).data()));
            }
            next = page.getLast().identity().sequence() + 1;
        }
        return state;
    }
}

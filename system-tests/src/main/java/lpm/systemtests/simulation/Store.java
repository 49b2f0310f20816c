package lpm.systemtests.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.platform.Feature;
import lpm.platform.kafka.Following;
import lpm.platform.rows.InMemoryRows;
import org.jspecify.annotations.Nullable;

/** What one service keeps in PostgreSQL: all that outlives its process. Changes are made in transactions. */
final class Store {
    private final InMemoryRows rows = new InMemoryRows();
    private final Map<String, Stream<?, ?>> streams = new TreeMap<>();
    private final List<Envelope<?>> log = new ArrayList<>();
    private final Map<Lane, Integer> positions = new HashMap<>();
    private final Map<String, Long> heard = new HashMap<>();
    private final TreeMap<DueKey, Due> due = new TreeMap<>();
    private @Nullable Deque<Runnable> undo;
    private int relayed;

    /** The place of an own command: the event that asked for it, and which of its reactions it is. */
    record DueKey(int position, int ordinal) implements Comparable<DueKey> {
        @Override
        public int compareTo(DueKey other) {
            int byPosition = Integer.compare(position, other.position);
            return byPosition != 0 ? byPosition : Integer.compare(ordinal, other.ordinal);
        }
    }

    /** An own command that is to be decided, now or later; those of one source that are no reminders in order. */
    record Due(DueKey key, String source, Following.Own own) {
        boolean reminder() {
            return own.reminder();
        }
    }

    /** Does work as one transaction; empty when another writer was in the way, and then nothing has happened. */
    <T> Optional<T> transact(boolean conflict, Supplier<T> work) {
        rows.begin();
        Deque<Runnable> steps = new ArrayDeque<>();
        undo = steps;
        T done = work.get();
        undo = null;
        if (conflict) {
            rows.rollback();
            steps.forEach(Runnable::run);
            return Optional.empty();
        }
        rows.commit();
        return Optional.of(done);
    }

    /** What takes back a change of the transaction that is under way. */
    void onRollback(Runnable step) {
        if (undo == null) {
            throw new IllegalStateException("changes are made in a transaction");
        }
        undo.push(step);
    }

    InMemoryRows rows() {
        return rows;
    }

    @SuppressWarnings("unchecked")
    <S, E extends Event> Stream<S, E> stream(String aggregateId, Feature<?, S, E> feature) {
        return (Stream<S, E>) streams.computeIfAbsent(
                aggregateId, _ -> new Stream<S, E>(feature.decider().initial()));
    }

    Optional<Stream<?, ?>> find(String aggregateId) {
        return Optional.ofNullable(streams.get(aggregateId));
    }

    Map<String, Stream<?, ?>> streams() {
        return streams;
    }

    // --- events in the order of their positions ------------------------------------------------------------------

    List<Envelope<?>> log() {
        return log;
    }

    void append(List<? extends Envelope<?>> events) {
        int size = log.size();
        onRollback(() -> log.subList(size, log.size()).clear());
        log.addAll(events);
    }

    int relayed() {
        return relayed;
    }

    void relayedTo(int position) {
        relayed = position;
    }

    // --- what was heard --------------------------------------------------------------------------------------------

    int position(Lane lane) {
        return positions.getOrDefault(lane, 0);
    }

    void moveTo(Lane lane, int position) {
        Integer before = positions.put(lane, position);
        onRollback(() -> restore(positions, lane, before));
    }

    long lastHeard(String stream) {
        return heard.getOrDefault(stream, -1L);
    }

    void hear(String stream, long number) {
        Long before = heard.put(stream, number);
        onRollback(() -> restore(heard, stream, before));
    }

    private static <K, V> void restore(Map<K, V> map, K key, @Nullable V before) {
        if (before == null) {
            map.remove(key);
        } else {
            map.put(key, before);
        }
    }

    // --- own commands ----------------------------------------------------------------------------------------------

    Collection<Due> due() {
        return due.values();
    }

    void add(Due command) {
        due.putIfAbsent(command.key(), command);
    }

    void done(Due command) {
        due.remove(command.key());
        onRollback(() -> due.put(command.key(), command));
    }
}

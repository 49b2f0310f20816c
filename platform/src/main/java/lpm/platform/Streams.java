package lpm.platform;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lpm.contracts.Envelope;
import lpm.contracts.Event;

/** The stored history of this service's aggregates, folded by the features' own {@code evolve}. */
public interface Streams {
    /** Events one read returns at most. */
    int MAX_EVENTS = 1_000;

    /** The events of one aggregate from a sequence on, each with the state after it. */
    List<StoredEvent> read(String aggregateId, long fromSequence, int limit);

    /** The last event of one aggregate that occurred at or before an instant. */
    Optional<StoredEvent> lastAt(String aggregateId, Instant at);

    /** The events of all aggregates after a position, in the order of their positions, without states. */
    List<StoredEvent> all(long afterPosition, int limit);

    /**
     * One stored event.
     *
     * @param position its place among all events of this service
     * @param stateAfter the aggregate's state after it, where that was asked for
     */
    record StoredEvent(long position, Envelope<Event> event, Optional<Object> stateAfter) {}
}

package lpm.platform.axon;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import lpm.contracts.MessageTypes;
import lpm.platform.json.Messages;
import lpm.platform.store.Store;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStorageEngine;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * Axon's storage of events, over our tables and in the store's open transaction. Made for few round trips: a stream
 * comes with its newest snapshot, and what is appended travels with the next statement.
 */
final class StoredEvents extends AbstractEventStorageEngine {
    private static final String WRITTEN =
            "event_id, aggregate_id, sequence, aggregate_type, occurred_at, type, version, data, meta";

    private final Store store;
    private final String[] shapes;

    StoredEvents(Store store, ContractSerializer serializer, Messages messages) {
        super(new Parts()
                .upcasterChain(events -> upcast(messages, events))
                .eventSerializer(serializer)
                .snapshotSerializer(serializer));
        this.store = store;
        this.shapes = serializer.currentShapes();
    }

    /** Axon leaves its making to those who extend it. */
    private static final class Parts extends AbstractEventStorageEngine.Builder {}

    @Override
    protected Stream<? extends DomainEventData<?>> readEventData(String aggregateId, long firstSequence) {
        return (firstSequence == 0 ? fromSnapshot(aggregateId) : from(aggregateId, firstSequence)).stream();
    }

    private List<DomainEventData<?>> from(String aggregateId, long firstSequence) {
        return store.query(
                "select " + WRITTEN + " from " + store.name("event")
                        + " where aggregate_id = ? and sequence >= ? order by sequence",
                StoredEvents::entry,
                aggregateId,
                firstSequence);
    }

    /** The newest snapshot whose shape is today's, if there is one, and the events after it. */
    private List<DomainEventData<?>> fromSnapshot(String aggregateId) {
        return store.query(
                "with newest as (select " + WRITTEN + " from " + store.name("snapshot")
                        + " where aggregate_id = ? and version = any (?) order by sequence desc limit 1)"
                        + " select * from newest union all select " + WRITTEN + " from " + store.name("event")
                        + " where aggregate_id = ? and sequence > coalesce((select sequence from newest), -1)"
                        + " order by sequence",
                StoredEvents::entry,
                aggregateId,
                shapes,
                aggregateId);
    }

    private static DomainEventData<?> entry(ResultSet row) throws SQLException {
        return new GenericDomainEventEntry<>(
                row.getString("aggregate_type"),
                row.getString("aggregate_id"),
                row.getLong("sequence"),
                row.getString("event_id"),
                row.getString("occurred_at"),
                row.getString("type"),
                row.getString("version"),
                row.getString("data"),
                row.getString("meta"));
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        events.forEach(each -> insert("event", (DomainEventMessage<?>) each, serializer));
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        insert("snapshot", snapshot, serializer);
        store.later(
                "delete from " + store.name("snapshot") + " where aggregate_id = ? and sequence < ?",
                snapshot.getAggregateIdentifier(),
                snapshot.getSequenceNumber());
    }

    private void insert(String table, DomainEventMessage<?> event, Serializer serializer) {
        SerializedObject<String> data = event.serializePayload(serializer, String.class);
        store.later(
                "insert into " + store.name(table) + " (" + WRITTEN + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                event.getIdentifier(),
                event.getAggregateIdentifier(),
                event.getSequenceNumber(),
                event.getType(),
                DateTimeUtils.formatInstant(event.getTimestamp()),
                data.getType().getName(),
                data.getType().getRevision(),
                data.getData(),
                event.serializeMetaData(serializer, String.class).getData());
    }

    /** None apart: they come with the events. */
    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateId) {
        return Stream.empty();
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(@Nullable TrackingToken token, boolean mayBlock) {
        throw new UnsupportedOperationException("all events in their order are read by the relay, not through Axon");
    }

    private static Stream<IntermediateEventRepresentation> upcast(
            Messages messages, Stream<IntermediateEventRepresentation> events) {
        return events.map(event -> {
            String name = event.getType().getName();
            Class<?> type = messages.classOf(name);
            if (type == null) {
                // a snapshot: its shape is compared, never upcast
                return event;
            }
            int version = Integer.parseInt(event.getType().getRevision());
            int current = MessageTypes.versionOf(type);
            if (version >= current) {
                return event;
            }
            return event.upcastPayload(
                    new SimpleSerializedType(name, String.valueOf(current)),
                    JsonNode.class,
                    data -> messages.upcast(name, version, current, data));
        });
    }
}

package lpm.platform.axon;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import lpm.contracts.MessageTypes;
import lpm.platform.json.Messages;
import lpm.platform.store.Store;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.SQLStateResolver;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;

/** Axon's JDBC event store over our tables. Built by hand: nothing is discovered, nothing calls home. */
final class EventStoreConfig {
    /** Events read in one statement. */
    static final int READ_BATCH = 200;

    /** PostgreSQL's unique violation: two writers appended to one aggregate. */
    private static final String UNIQUE_VIOLATION = "23505";

    private EventStoreConfig() {}

    static EventStore eventStore(Store store, ContractSerializer serializer, Messages messages) {
        StoreTransactions transactions = new StoreTransactions(store);
        JdbcEventStorageEngine engine = JdbcEventStorageEngine.builder()
                .connectionProvider(transactions)
                .transactionManager(transactions)
                .schema(schema(store))
                .dataType(String.class)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .snapshotFilter(
                        snapshot -> serializer.isCurrent(snapshot.getPayload().getType()))
                .upcasterChain(upcaster(messages))
                .persistenceExceptionResolver(new SQLStateResolver(UNIQUE_VIOLATION))
                .batchSize(READ_BATCH)
                .finalAggregateBatchPredicate(batch -> batch.size() < READ_BATCH)
                .build();
        return EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    private static EventSchema schema(Store store) {
        return EventSchema.builder()
                .eventTable(store.name("event"))
                .snapshotTable(store.name("snapshot"))
                .globalIndexColumn("position")
                .eventIdentifierColumn("event_id")
                .aggregateIdentifierColumn("aggregate_id")
                .sequenceNumberColumn("sequence")
                .typeColumn("aggregate_type")
                .timestampColumn("occurred_at")
                .payloadTypeColumn("type")
                .payloadRevisionColumn("version")
                .payloadColumn("data")
                .metaDataColumn("meta")
                .build();
    }

    private static EventUpcaster upcaster(Messages messages) {
        return events -> upcast(messages, events);
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

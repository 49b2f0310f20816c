package lpm.platform.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.platform.Streams.StoredEvent;
import lpm.platform.json.Json;
import org.jspecify.annotations.Nullable;

/** A stored event as operators see it: its envelope, its data, and its aggregate's state after it. */
public record HistoryJson(
        long position,
        UUID id,
        String type,
        int version,
        String aggregateId,
        @Nullable Long sequence,
        @Nullable Long accountId,
        @Nullable Long ownerEpoch,
        @Nullable Long hostEpoch,
        @Nullable UUID commandId,
        String occurredAt,
        UUID correlationId,
        @Nullable UUID causationId,
        Actor actor,
        @Nullable String reason,
        JsonNode data,
        @Nullable JsonNode state) {

    static HistoryJson of(StoredEvent stored) {
        Envelope<Event> event = stored.event();
        return new HistoryJson(
                stored.position(),
                event.id(),
                event.type(),
                event.version(),
                event.aggregateId(),
                event.sequence(),
                event.accountId(),
                event.ownerEpoch(),
                event.hostEpoch(),
                event.commandId(),
                event.occurredAt().toString(),
                event.correlationId(),
                event.causationId(),
                event.actor(),
                event.reason(),
                Json.MAPPER.valueToTree(event.data()),
                stored.stateAfter().map(HistoryJson::state).orElse(null));
    }

    /** A state is told apart by its phase, where the mapper does not say so itself. */
    static JsonNode state(Object state) {
        JsonNode tree = Json.MAPPER.valueToTree(state);
        if (tree instanceof ObjectNode object && !object.has("@type")) {
            object.put("@type", state.getClass().getSimpleName());
        }
        return tree;
    }
}

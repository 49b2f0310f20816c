package lpm.hostagent;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.platform.App;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.json.Json;
import lpm.platform.json.Messages;
import lpm.platform.json.Messages.Reading;
import lpm.platform.kafka.HostChannel.Received;

/** Reads records of the command topic. What cannot be read stays an envelope, so that it is refused in its turn. */
final class OrderReader {
    private static final String UNREADABLE = "unreadable";

    private final HostId host;
    private final Messages messages =
            new Messages(new App("host", List.of(), false, List.of(), List.of(), List.of(), List.of()));

    OrderReader(HostId host) {
        this.host = host;
    }

    Envelope<?> read(Received record) {
        try {
            Envelope<JsonNode> envelope = EnvelopeJson.read(record.value().getBytes(StandardCharsets.UTF_8));
            return switch (messages.read(envelope.type(), envelope.version(), envelope.data())) {
                case Reading.Known known -> envelope.withData(known.message());
                case Reading.Unknown _ -> envelope;
            };
        } catch (IllegalArgumentException e) {
            return unreadable(record, String.valueOf(e.getMessage()));
        }
    }

    private Envelope<?> unreadable(Received record, String reason) {
        UUID id = UUID.nameUUIDFromBytes((host + "#" + record.offset()).getBytes(StandardCharsets.UTF_8));
        return new Envelope<>(
                id,
                UNREADABLE,
                0,
                host.aggregateId(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                id,
                null,
                Actor.host(host),
                reason,
                Json.MAPPER.createObjectNode());
    }
}

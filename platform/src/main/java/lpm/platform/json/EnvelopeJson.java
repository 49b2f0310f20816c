package lpm.platform.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.Envelope;
import org.jspecify.annotations.Nullable;

/** The envelope as the value of a Kafka record. */
public final class EnvelopeJson {
    /** How large one record may be, in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final ObjectReader READER = Json.MAPPER.readerFor(new TypeReference<Envelope<JsonNode>>() {});

    private EnvelopeJson() {}

    /** The bytes of an envelope around a record, a tree, or {@link #raw} JSON. */
    public static byte[] write(Envelope<?> envelope) {
        try {
            return Json.MAPPER.writeValueAsBytes(envelope);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + envelope.type(), e);
        }
    }

    /** Data that is JSON text already. */
    public static Object raw(String json) {
        return new RawValue(json);
    }

    /** Reads an envelope; the data stays a tree. Throws if it is none. */
    public static Envelope<JsonNode> read(byte[] value) {
        if (value.length > MAX_BYTES) {
            throw new IllegalArgumentException("a record of " + value.length + " bytes, at most " + MAX_BYTES);
        }
        try {
            Envelope<JsonNode> envelope = READER.readValue(value);
            return checked(envelope);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "not an envelope: " + e.getClass().getSimpleName(), e);
        }
    }

    /** What comes from outside may lack what the types promise. */
    private static Envelope<JsonNode> checked(@Nullable Envelope<JsonNode> envelope) {
        if (envelope == null) {
            throw new IllegalArgumentException("not an envelope: null");
        }
        boolean complete = Stream.of(
                        Optional.ofNullable(envelope.id()),
                        Optional.ofNullable(envelope.type()),
                        Optional.ofNullable(envelope.aggregateId()),
                        Optional.ofNullable(envelope.occurredAt()),
                        Optional.ofNullable(envelope.correlationId()),
                        Optional.ofNullable(envelope.actor()),
                        Optional.ofNullable(envelope.data()).filter(JsonNode::isObject))
                .allMatch(Optional::isPresent);
        if (!complete) {
            throw new IllegalArgumentException("not an envelope: a field that every message has is missing");
        }
        return envelope;
    }
}

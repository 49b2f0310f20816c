package lpm.verify.source;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.verify.history.AuditRow;
import lpm.verify.history.Entry;
import lpm.verify.history.Hash;
import lpm.verify.history.Place;
import org.jspecify.annotations.Nullable;

/** Reads rows of the audit, as it stores and shows them. */
public final class AuditRows {
    /** Every digit counts. */
    static final ObjectReader EXACT = Envelopes.MAPPER.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private AuditRows() {}

    /** One row from its JSON. Rows of the kinds parked and unreadable have no message that could be read. */
    public static AuditRow read(String json) {
        try {
            return read(EXACT.readTree(json));
        } catch (IOException e) {
            return unreadable(json, e);
        }
    }

    static AuditRow read(JsonNode row) {
        try {
            String kind = row.path("kind").asText();
            Optional<Entry> entry = kind.equals("event") || kind.equals("command")
                    ? Optional.of(new Entry(place(row), envelope(row)))
                    : Optional.empty();
            return new AuditRow(row.path("position").asLong(), kind, leaf(Canonical.text(row)), entry);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return unreadable(Canonical.text(row), e);
        }
    }

    private static AuditRow unreadable(String row, Exception why) {
        return new AuditRow(-1, String.valueOf(why.getMessage()), leaf(row), Optional.empty());
    }

    private static String leaf(String text) {
        return Hash.leaf(text.getBytes(StandardCharsets.UTF_8));
    }

    static Place.OnTopic place(JsonNode row) {
        return new Place.OnTopic(
                row.path("topic").asText(),
                row.path("partition").asInt(),
                row.path("offset").asLong(),
                row.path("key").asText());
    }

    static Envelope<Record> envelope(JsonNode row) throws IOException {
        return Envelopes.decode(new Envelope<>(
                UUID.fromString(row.path("id").asText()),
                row.path("type").asText(),
                row.path("version").asInt(),
                row.path("aggregate_id").asText(),
                number(row.path("sequence")),
                null,
                number(row.path("account_id")),
                null,
                null,
                null,
                null,
                Instant.parse(row.path("occurred_at").asText()),
                UUID.fromString(row.path("correlation_id").asText()),
                uuid(row.path("causation_id")),
                new Actor(
                        Actor.Kind.valueOf(row.path("actor").path("kind").asText()),
                        row.path("actor").path("id").asText()),
                row.hasNonNull("reason") ? row.path("reason").asText() : null,
                row.path("data")));
    }

    private static @Nullable Long number(JsonNode value) {
        return value.isNumber() ? value.asLong() : null;
    }

    private static @Nullable UUID uuid(JsonNode value) {
        return value.isTextual() ? UUID.fromString(value.asText()) : null;
    }
}

package lpm.account.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.LongFunction;
import lpm.account.audit.AuditView.Kind;
import lpm.account.audit.AuditView.Row;
import lpm.account.audit.AuditView.Who;
import lpm.contracts.Cause;
import lpm.contracts.Envelope;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.json.Json;
import lpm.platform.kafka.RawRecord;
import org.jspecify.annotations.Nullable;

/** Turns a raw record into a row of the audit. Sealed secrets are taken out before anything is stored. */
final class AuditRecord {
    /** How much is kept of what nobody can read, in characters. */
    private static final int MAX_UNREADABLE = 4_000;

    private static final String SEALED = "sealed";
    private static final String TAKEN_OUT = "(never stored)";

    private AuditRecord() {}

    /**
     * A record's row at a position of the audit, and its place in its stream.
     *
     * @param stream with its topic; empty for what has no number
     */
    record Found(LongFunction<Row> row, String stream, long number) {}

    static Found of(RawRecord record) {
        try {
            byte[] text = storable(record.text()).getBytes(StandardCharsets.UTF_8);
            return found(record, EnvelopeJson.read(text));
        } catch (IllegalArgumentException e) {
            return new Found(position -> unreadable(record, position, String.valueOf(e.getMessage())), "", 0);
        }
    }

    private static Found found(RawRecord record, Envelope<JsonNode> envelope) {
        LongFunction<Row> row = position -> readable(record, envelope, position);
        Long sequence = envelope.sequence();
        Cause cause = envelope.cause();
        Kind kind = kind(record.topic());
        if (kind == Kind.event && sequence != null) {
            return new Found(row, record.topic() + " " + envelope.aggregateId(), sequence);
        }
        if (kind == Kind.command && cause != null) {
            return new Found(
                    row, record.topic() + " " + cause.stream() + " > " + envelope.aggregateId(), cause.number());
        }
        return new Found(row, "", 0);
    }

    /** PostgreSQL's JSON can hold neither NUL nor half a surrogate pair. */
    private static String storable(String text) {
        String plain = text.replace("\\u0000", "\\ufffd");
        boolean surrogates = plain.contains("\\ud") || plain.contains("\\uD");
        return surrogates ? clean(Json.write(Json.tree(plain))) : plain;
    }

    private static Row readable(RawRecord record, Envelope<JsonNode> envelope, long position) {
        JsonNode data = envelope.data().deepCopy();
        takeOut(data);
        boolean parked = kind(record.topic()) == Kind.parked;
        return new Row(
                position,
                kind(record.topic()),
                record.topic(),
                record.partition(),
                record.offset(),
                clean(record.key()),
                envelope.id().toString(),
                envelope.type(),
                envelope.version(),
                envelope.aggregateId(),
                envelope.sequence(),
                envelope.accountId(),
                envelope.correlationId().toString(),
                text(envelope.causationId()),
                new Who(envelope.actor().kind().name(), envelope.actor().id()),
                parked ? label(record) : envelope.reason(),
                (parked ? record.at() : envelope.occurredAt()).toString(),
                data);
    }

    private static Row unreadable(RawRecord record, long position, String why) {
        String kept = clean(record.text());
        ObjectNode data = Json.MAPPER.createObjectNode();
        data.put(
                "text", kept.contains(SEALED) ? TAKEN_OUT : kept.substring(0, Math.min(MAX_UNREADABLE, kept.length())));
        boolean parked = kind(record.topic()) == Kind.parked;
        return new Row(
                position,
                parked ? Kind.parked : Kind.unreadable,
                record.topic(),
                record.partition(),
                record.offset(),
                clean(record.key()),
                "",
                "",
                0,
                "",
                null,
                null,
                null,
                null,
                Who.NOBODY,
                parked ? label(record) : clean(why),
                record.at().toString(),
                data);
    }

    /** Where a parked record came from, and why it was laid aside. */
    private static String label(RawRecord record) {
        return clean(record.label().orElse(""));
    }

    private static Kind kind(String topic) {
        if (topic.endsWith(".parked")) {
            return Kind.parked;
        }
        return topic.contains(".commands") ? Kind.command : Kind.event;
    }

    private static void takeOut(JsonNode node) {
        if (node instanceof ObjectNode object && object.has(SEALED)) {
            object.put(SEALED, TAKEN_OUT);
        }
        node.forEach(AuditRecord::takeOut);
    }

    private static String clean(String text) {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return whole.replace("\u0000", "\ufffd");
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}

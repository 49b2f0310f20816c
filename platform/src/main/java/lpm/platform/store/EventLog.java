package lpm.platform.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.json.Json;
import lpm.platform.json.Messages;
import lpm.platform.store.EventMeta.StoredIdentity;

/** Reads stored events as they lie in the table, for the relay and for history. */
public final class EventLog {
    private static final TypeReference<Map<String, Object>> META = new TypeReference<>() {};
    private static final String COLUMNS =
            "position, event_id, type, version, aggregate_id, sequence, occurred_at, meta, data";

    private final Store store;
    private final Messages messages;

    public EventLog(Store store, Messages messages) {
        this.store = store;
        this.messages = messages;
    }

    /** One event as stored. */
    public record Entry(long position, StoredIdentity identity, String meta, String data) {
        public String aggregateId() {
            return identity.aggregateId();
        }
    }

    /** The newest events first seen in one snapshot of the database, and that snapshot's oldest running transaction. */
    public record Seen(long oldestRunning, List<Entry> entries) {}

    /** The visible events after a position, and what may still come before them. */
    public Seen seenAfter(long position, int limit) {
        record Row(long oldestRunning, Entry entry) {}
        List<Row> rows = store.query(
                "select pg_snapshot_xmin(pg_current_snapshot())::text as oldest, " + COLUMNS + " from "
                        + store.name("event") + " where position > ? order by position limit ?",
                row -> new Row(Long.parseLong(row.getString("oldest")), entry(row)),
                position,
                limit);
        long oldest = rows.isEmpty() ? 0 : rows.getFirst().oldestRunning();
        return new Seen(oldest, rows.stream().map(Row::entry).toList());
    }

    /** A new transaction's number, larger than that of every transaction that has one already. */
    public long newTransactionNumber() {
        return store.first("select pg_current_xact_id()::text", row -> Long.parseLong(row.getString(1)))
                .orElseThrow();
    }

    public List<Entry> ofAggregate(String aggregateId, long fromSequence, int limit) {
        return store.query(
                "select " + COLUMNS + " from " + store.name("event")
                        + " where aggregate_id = ? and sequence >= ? order by sequence limit ?",
                EventLog::entry,
                aggregateId,
                fromSequence,
                limit);
    }

    public List<Entry> after(long position, int limit) {
        return store.query(
                "select " + COLUMNS + " from " + store.name("event") + " where position > ? order by position limit ?",
                EventLog::entry,
                position,
                limit);
    }

    public Optional<Entry> at(long position) {
        return store.first(
                "select " + COLUMNS + " from " + store.name("event") + " where position = ?",
                EventLog::entry,
                position);
    }

    /** The position up to which the relay has settled all gaps and published. */
    public long published() {
        return store.first(
                        "select coalesce(max(position), 0) from " + store.name("outbox_position"),
                        row -> row.getLong(1))
                .orElseThrow();
    }

    /** The largest position drawn so far. */
    public long head() {
        return store.first("select coalesce(max(position), 0) from " + store.name("event"), row -> row.getLong(1))
                .orElseThrow();
    }

    /** The envelope with its data as a record of the current version. */
    public Envelope<Event> decoded(Entry entry) {
        return decoded(entry, raw(entry));
    }

    /** The same from the envelope that {@link #raw} gave. */
    public Envelope<Event> decoded(Entry entry, Envelope<?> raw) {
        return raw.withData((Event) messages.readOwn(raw.type(), raw.version(), entry.data()));
    }

    /** The envelope with its data as stored, to be published. */
    public static Envelope<Object> raw(Entry entry) {
        return EventMeta.envelope(entry.identity(), meta(entry), EnvelopeJson.raw(entry.data()));
    }

    private static Map<String, Object> meta(Entry entry) {
        try {
            return Json.MAPPER.readValue(entry.meta(), META);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("event " + entry.position() + " has unreadable metadata", e);
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("position"),
                new StoredIdentity(
                        UUID.fromString(row.getString("event_id")),
                        row.getString("type"),
                        Integer.parseInt(row.getString("version")),
                        row.getString("aggregate_id"),
                        row.getLong("sequence"),
                        Instant.parse(row.getString("occurred_at"))),
                row.getString("meta"),
                row.getString("data"));
    }
}

package lpm.platform.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lpm.platform.Parked.Source;
import org.jspecify.annotations.Nullable;

/** The table of records and reactions that were laid aside. */
public final class ParkedRecords {
    private static final int MAX_WHY_CHARS = 2_000;

    private final Store store;

    public ParkedRecords(Store store) {
        this.store = store;
    }

    /**
     * What is laid aside: a topic's record with its place, or an own event by its position (as {@code offset}).
     * Never compared.
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Item(
            Source source,
            String key,
            String what,
            String why,
            Instant since,
            String topic,
            String topicId,
            int partition,
            long offset,
            String recordKey,
            byte @Nullable [] value) {}

    /** An item and its number. */
    public record Numbered(long id, Item item) {}

    public void add(Item item) {
        store.update(
                "insert into " + table()
                        + " (source, key, what, why, since, topic, topic_id, partition, record_offset,"
                        + " record_key, value)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                item.source().name(),
                item.key(),
                item.what(),
                item.why().substring(0, Math.min(item.why().length(), MAX_WHY_CHARS)),
                item.since(),
                item.topic(),
                item.topicId(),
                item.partition(),
                item.offset(),
                item.recordKey(),
                item.value());
    }

    public boolean holds(Source source, String key) {
        return store.first(
                        "select 1 from " + table() + " where source = ? and key = ? limit 1",
                        row -> 1,
                        source.name(),
                        key)
                .isPresent();
    }

    /** The same, sure until the end of the transaction: whoever releases the key waits. */
    public boolean stillHolds(Source source, String key) {
        store.lock(List.of("parked/" + source + "/" + key));
        return holds(source, key);
    }

    public Set<String> keys(Source source) {
        return store
                .query(
                        "select distinct key from " + table() + " where source = ?",
                        row -> row.getString(1),
                        source.name())
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The first place at which something of each key was laid aside, as an offset. */
    public Map<String, Long> firstOffsets(Source source) {
        record First(String key, long offset) {}
        return store
                .query(
                        "select key, min(record_offset) from " + table() + " where source = ? group by key",
                        row -> new First(row.getString(1), row.getLong(2)),
                        source.name())
                .stream()
                .collect(Collectors.toUnmodifiableMap(First::key, First::offset));
    }

    public Optional<Numbered> oldest(Source source, String key) {
        return store.first(
                "select * from " + table() + " where source = ? and key = ? order by id limit 1",
                ParkedRecords::numbered,
                source.name(),
                key);
    }

    public void remove(long id) {
        store.update("delete from " + table() + " where id = ?", id);
    }

    public List<Numbered> list(int limit) {
        return store.query("select * from " + table() + " order by id limit ?", ParkedRecords::numbered, limit);
    }

    public long count() {
        return store.first("select count(*) from " + table(), row -> row.getLong(1))
                .orElseThrow();
    }

    private static Numbered numbered(ResultSet row) throws SQLException {
        return new Numbered(
                row.getLong("id"),
                new Item(
                        Source.valueOf(row.getString("source")),
                        row.getString("key"),
                        row.getString("what"),
                        row.getString("why"),
                        row.getTimestamp("since").toInstant(),
                        row.getString("topic"),
                        row.getString("topic_id"),
                        row.getInt("partition"),
                        row.getLong("record_offset"),
                        row.getString("record_key"),
                        row.getBytes("value")));
    }

    private String table() {
        return store.name("parked");
    }
}

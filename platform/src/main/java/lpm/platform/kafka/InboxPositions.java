package lpm.platform.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import lpm.platform.store.Store;

/** How far this service has read, kept in the transactions of what it did about it. */
final class InboxPositions {
    private final Store store;

    InboxPositions(Store store) {
        this.store = store;
    }

    /**
     * The next offset to read of a partition, from now on of the topic with this id: in another one than before, the
     * first there is. What is in flight from the topic before moves nothing any more.
     */
    Optional<Long> next(String topic, String topicId, int partition) {
        store.update(
                "insert into " + store.name("inbox_position") + " as p (topic, partition, next_offset, topic_id)"
                        + " values (?, ?, 0, ?) on conflict (topic, partition) do update set"
                        + " next_offset = case when p.topic_id = '' then p.next_offset else 0 end,"
                        + " topic_id = excluded.topic_id where p.topic_id <> excluded.topic_id",
                topic,
                partition,
                topicId);
        return store.first(
                        "select next_offset from " + store.name("inbox_position")
                                + " where topic = ? and partition = ? and topic_id = ?",
                        row -> row.getLong(1),
                        topic,
                        partition,
                        topicId)
                .filter(offset -> offset > 0);
    }

    /** What the store knows of a record before anything is done about it. */
    enum Known {
        /** A replica has moved beyond it already. */
        moved,
        /** Earlier records of its key are parked. */
        behindParked,
        /** Heard before. */
        duplicate,
        /** A record before it is missing. */
        hole,
        /** New; its number is remembered now. */
        fresh
    }

    /** A record's place in a stream; {@code gapless} for events, whose numbers have no gaps. */
    record Numbered(String stream, long number, boolean gapless) {}

    /**
     * Moves past a record and, if nothing stands against it, remembers its number: one statement, as every record
     * needs it.
     */
    Known moveBeyond(Received received, Numbered numbered) {
        String sql = """
                with moved as (
                    insert into %1$s.inbox_position as p (topic, partition, next_offset, topic_id) values (?, ?, ?, ?)
                    on conflict (topic, partition) do update set next_offset = excluded.next_offset
                    where p.next_offset < excluded.next_offset and p.topic_id = excluded.topic_id returning 1),
                known as (
                    select exists (select 1 from moved) as moved,
                        exists (select 1 from %1$s.parked where source = 'inbox' and key = ?) as parked,
                        coalesce((select last from %1$s.inbox_sequence where topic = ? and stream = ?), -1) as last),
                heard as (
                    insert into %1$s.inbox_sequence as s (topic, stream, last)
                    select ?, ?, ? from known where moved and not parked and ? > last and (not ? or ? = last + 1)
                    on conflict (topic, stream) do update set last = excluded.last)
                select moved, parked, last from known""".formatted(store.schema());
        return store.first(
                        sql,
                        row -> {
                            if (!row.getBoolean("moved")) {
                                return Known.moved;
                            }
                            return row.getBoolean("parked") ? Known.behindParked : known(row.getLong("last"), numbered);
                        },
                        received.topic(),
                        received.partition(),
                        received.offset() + 1,
                        received.topicId(),
                        received.parkingKey(),
                        received.topic(),
                        numbered.stream(),
                        received.topic(),
                        numbered.stream(),
                        numbered.number(),
                        numbered.number(),
                        numbered.gapless(),
                        numbered.number())
                .orElseThrow();
    }

    /** What a number is after the last one of its stream. */
    static Known known(long last, Numbered numbered) {
        if (numbered.number() <= last) {
            return Known.duplicate;
        }
        return numbered.gapless() && numbered.number() > last + 1 ? Known.hole : Known.fresh;
    }

    /** A partition of one topic of that name. */
    record Partition(String topic, String topicId, int partition) {
        static Partition of(Received received) {
            return new Partition(received.topic(), received.topicId(), received.partition());
        }
    }

    /** A stream as it is told on a topic. */
    record Stream(String topic, String name) {}

    /** The next offsets of partitions, sure until the end of the transaction; none of a topic that is not read now. */
    Map<Partition, Long> hold(Set<Partition> partitions) {
        List<Partition> all = List.copyOf(partitions);
        Map<Partition, Long> next = new HashMap<>();
        store.query(
                "select topic, topic_id, partition, next_offset from " + store.name("inbox_position")
                        + " where (topic, topic_id, partition) in"
                        + " (select * from unnest(?::text[], ?::text[], ?::bigint[]))"
                        + " order by topic, partition for update",
                row -> next.put(new Partition(row.getString(1), row.getString(2), row.getInt(3)), row.getLong(4)),
                texts(all, Partition::topic),
                texts(all, Partition::topicId),
                numbers(all, Partition::partition));
        return next;
    }

    /** Moves partitions that are held. */
    void move(Map<Partition, Long> next) {
        List<Partition> all = List.copyOf(next.keySet());
        store.later(
                "update " + store.name("inbox_position") + " as p set next_offset = moved.next"
                        + " from unnest(?::text[], ?::bigint[], ?::bigint[]) as moved (topic, partition, next)"
                        + " where p.topic = moved.topic and p.partition = moved.partition",
                texts(all, Partition::topic),
                numbers(all, Partition::partition),
                numbers(all, next::get));
    }

    /** Whether records of any of these keys are parked. */
    boolean isAnyParked(List<String> keys) {
        return store.first(
                        "select exists (select 1 from " + store.name("parked")
                                + " where source = 'inbox' and key = any(?))",
                        row -> row.getBoolean(1),
                        (Object) keys.toArray(String[]::new))
                .orElseThrow();
    }

    /** The last numbers heard of streams; none of those never heard. */
    Map<Stream, Long> heard(Set<Stream> streams) {
        List<Stream> all = List.copyOf(streams);
        Map<Stream, Long> last = new HashMap<>();
        store.query(
                "select topic, stream, last from " + store.name("inbox_sequence")
                        + " where (topic, stream) in (select * from unnest(?::text[], ?::text[]))",
                row -> last.put(new Stream(row.getString(1), row.getString(2)), row.getLong(3)),
                texts(all, Stream::topic),
                texts(all, Stream::name));
        return last;
    }

    /** Remembers the last numbers of streams. */
    void remember(Map<Stream, Long> last) {
        List<Stream> all = List.copyOf(last.keySet());
        store.later(
                "insert into " + store.name("inbox_sequence") + " (topic, stream, last)"
                        + " select * from unnest(?::text[], ?::text[], ?::bigint[])"
                        + " on conflict (topic, stream) do update set last = excluded.last",
                texts(all, Stream::topic),
                texts(all, Stream::name),
                numbers(all, last::get));
    }

    private static <T> String[] texts(List<T> all, Function<T, String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }

    private static <T> Long[] numbers(List<T> all, ToLongFunction<T> number) {
        return all.stream().map(number::applyAsLong).toArray(Long[]::new);
    }

    /** The same check for a record that is released from parking: its position was moved beyond long ago. */
    Known remember(Received received, Numbered numbered) {
        Stream stream = new Stream(received.topic(), numbered.stream());
        Known known = known(heard(Set.of(stream)).getOrDefault(stream, -1L), numbered);
        if (known == Known.fresh) {
            remember(Map.of(stream, numbered.number()));
        }
        return known;
    }

    /** Moves past a record that has no number to remember; false if a replica did already. */
    boolean moveBeyond(Received received) {
        return store.update(
                        "insert into " + store.name("inbox_position")
                                + " as p (topic, partition, next_offset, topic_id)"
                                + " values (?, ?, ?, ?) on conflict (topic, partition)"
                                + " do update set next_offset = excluded.next_offset"
                                + " where p.next_offset < excluded.next_offset and p.topic_id = excluded.topic_id",
                        received.topic(),
                        received.partition(),
                        received.offset() + 1,
                        received.topicId())
                == 1;
    }
}

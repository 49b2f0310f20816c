package lpm.platform.kafka;

import java.util.Optional;
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
        return at(topic, topicId, partition).filter(offset -> offset > 0);
    }

    /** The next offset, if it is this topic that is read now. */
    Optional<Long> at(String topic, String topicId, int partition) {
        return store.first(
                "select next_offset from " + store.name("inbox_position")
                        + " where topic = ? and partition = ? and topic_id = ?",
                row -> row.getLong(1),
                topic,
                partition,
                topicId);
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
                        row -> known(row.getBoolean("moved"), row.getBoolean("parked"), row.getLong("last"), numbered),
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

    private static Known known(boolean moved, boolean parked, long last, Numbered numbered) {
        if (!moved) {
            return Known.moved;
        }
        if (parked) {
            return Known.behindParked;
        }
        if (numbered.number() <= last) {
            return Known.duplicate;
        }
        return numbered.gapless() && numbered.number() > last + 1 ? Known.hole : Known.fresh;
    }

    /** The same check for a record that is released from parking: its position was moved beyond long ago. */
    Known remember(Received received, Numbered numbered) {
        long last = store.first(
                        "select last from " + store.name("inbox_sequence") + " where topic = ? and stream = ?",
                        row -> row.getLong(1),
                        received.topic(),
                        numbered.stream())
                .orElse(-1L);
        Known known = known(true, false, last, numbered);
        if (known == Known.fresh) {
            store.update(
                    "insert into " + store.name("inbox_sequence") + " (topic, stream, last) values (?, ?, ?)"
                            + " on conflict (topic, stream) do update set last = excluded.last",
                    received.topic(),
                    numbered.stream(),
                    numbered.number());
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

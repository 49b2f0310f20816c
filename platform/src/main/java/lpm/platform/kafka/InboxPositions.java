package lpm.platform.kafka;

import java.util.Optional;
import lpm.platform.store.Store;

/** How far this service has read, kept in the transactions of what it did about it. */
final class InboxPositions {
    private final Store store;

    InboxPositions(Store store) {
        this.store = store;
    }

    /** The next offset to read of a partition. */
    Optional<Long> next(String topic, int partition) {
        return store.first(
                "select next_offset from " + store.name("inbox_position") + " where topic = ? and partition = ?",
                row -> row.getLong(1),
                topic,
                partition);
    }

    /** Moves past a record; false if a replica already did. */
    boolean moveBeyond(Received received) {
        return store.update(
                        "insert into " + store.name("inbox_position") + " as p (topic, partition, next_offset)"
                                + " values (?, ?, ?) on conflict (topic, partition)"
                                + " do update set next_offset = excluded.next_offset"
                                + " where p.next_offset < excluded.next_offset",
                        received.topic(),
                        received.partition(),
                        received.offset() + 1)
                == 1;
    }

    /** The last number heard of a stream, -1 before the first. */
    long last(String topic, String stream) {
        return store.first(
                        "select last from " + store.name("inbox_sequence") + " where topic = ? and stream = ?",
                        row -> row.getLong(1),
                        topic,
                        stream)
                .orElse(-1L);
    }

    void heard(String topic, String stream, long number) {
        store.update(
                "insert into " + store.name("inbox_sequence") + " (topic, stream, last) values (?, ?, ?)"
                        + " on conflict (topic, stream) do update set last = excluded.last",
                topic,
                stream,
                number);
    }
}

package lpm.account.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.Envelope;
import lpm.platform.json.Json;
import lpm.platform.kafka.RawRecord;

/** Messages as they lie on a topic: by user 3, of account 7. */
final class TopicRecords {
    static final UUID ID = new UUID(1, 1);

    private TopicRecords() {}

    static RawRecord record(String topic, Envelope<?> envelope) {
        long offset = envelope.sequence() == null ? 0 : envelope.sequence();
        return new RawRecord(
                topic, 0, offset, envelope.aggregateId(), Instant.EPOCH, Optional.empty(), Json.write(envelope));
    }

    static <T> Envelope<T> envelope(String type, String aggregate, long number, T data) {
        return new Envelope<>(
                ID,
                type,
                1,
                aggregate,
                number,
                null,
                7L,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                ID,
                null,
                new Actor(Actor.Kind.user, "3"),
                null,
                data);
    }
}

package lpm.hostagent.journal;

import java.time.Instant;
import lpm.contracts.Envelope;

/** One thing the agent must not forget. */
public sealed interface Entry {
    /** A new incarnation: power-on, new journal, or after a fence. Nothing runs here, no epoch is known. */
    record Began(String incarnation, String bootId, long nextOffset) implements Entry {}

    /** The scheduler knows this incarnation under this epoch. */
    record Adopted(long hostEpoch) implements Entry {}

    /**
     * The host's topics, by the ids which Kafka gave them. In another topic of orders offsets begin anew; another
     * topic of reports has none of those that were sent.
     */
    record InTopics(String commands, String reports) implements Entry {}

    /** Orders before this offset are dealt with. */
    record ReadTo(long nextOffset) implements Entry {}

    /** Orders of this cause up to this number are dealt with. */
    record Done(String stream, long number, Instant at) implements Entry {}

    /** What is remembered of a Linode now. */
    record Remembered(LinodeMemory memory) implements Entry {}

    /** A sealed secret is kept for a Linode's next disk. */
    record SecretKept(String secretRef, String sealed, Instant at) implements Entry {}

    /** A kept secret was used, or its disk cannot be made: it is forgotten. */
    record SecretUsed(String secretRef) implements Entry {}

    /** A report that must reach Kafka; its data is the record, or a tree when it was read back. */
    record Reported(long sequence, Envelope<?> envelope) implements Entry {}

    /** Reports up to this sequence have reached Kafka. */
    record SentTo(long sequence) implements Entry {}

    /** The first entry of a compacted journal. */
    record Compacted(String incarnation, String bootId, long hostEpoch, long nextSequence, long nextOffset)
            implements Entry {}
}

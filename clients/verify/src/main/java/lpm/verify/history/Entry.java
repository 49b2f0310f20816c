package lpm.verify.history;

import lpm.contracts.Envelope;

/** One message and where it was found. */
public record Entry(Place place, Envelope<Record> message) {
    public Record data() {
        return message.data();
    }

    public String aggregateId() {
        return message.aggregateId();
    }

    /** The event's number in its stream; -1 for a message that has none. */
    public long sequence() {
        Long sequence = message.sequence();
        return sequence == null ? -1 : sequence;
    }

    @Override
    public String toString() {
        String number = message.sequence() == null ? "" : " #" + message.sequence();
        return message.type() + " of " + message.aggregateId() + number + " (" + message.id() + ", " + place + ")";
    }
}

package lpm.platform.kafka;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.platform.App;
import lpm.platform.Lookup;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.json.Messages;
import lpm.platform.store.DueCommands.Due;
import lpm.platform.store.EventLog;

/** Gives what follows from own events the shape in which it is sent and stored. */
final class Reactor {
    private final App app;
    private final Messages messages;
    private final EventLog log;
    private final Lookup rows;

    Reactor(Inside in) {
        this.app = in.app();
        this.messages = in.messages();
        this.log = in.log();
        this.rows = in.rows();
    }

    /** What follows from one event: records for Kafka, and own commands for now or later. */
    record Followed(List<Outgoing> outgoing, List<Due> own) {}

    /** A command on its way to another service. Never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Outgoing(String topic, String key, String type, byte[] value) {}

    /** @param raw the event's envelope as it is published */
    Followed react(EventLog.Entry entry, Envelope<?> raw) {
        Envelope<Event> event = log.decoded(entry, raw);
        Following following = Following.of(app, event).sealed(app.sealing(), rows);
        return new Followed(
                following.orders().stream().map(Reactor::outgoing).toList(),
                following.own().stream()
                        .map(each -> own(entry.position(), event.aggregateId(), each))
                        .toList());
    }

    private static Outgoing outgoing(Following.Order order) {
        Envelope<Command> envelope = order.envelope();
        byte[] value = EnvelopeJson.write(envelope);
        if (value.length > EnvelopeJson.MAX_BYTES / 2) {
            throw new IllegalStateException(envelope.type() + " is too large to be sent: " + value.length + " bytes");
        }
        return new Outgoing(order.topic(), envelope.aggregateId(), envelope.type(), value);
    }

    private Due own(long position, String aggregateId, Following.Own own) {
        if (!messages.isOwn(own.command())) {
            throw new IllegalStateException("nobody in " + app.name() + " decides "
                    + own.command().getClass().getName());
        }
        return new Due(aggregateId, position, own.index(), own.reminder(), own.at(), own.request(), own.command());
    }
}

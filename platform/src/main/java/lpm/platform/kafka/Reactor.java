package lpm.platform.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.Actor;
import lpm.contracts.Cause;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.MessageTypes;
import lpm.contracts.Vocabulary;
import lpm.platform.App;
import lpm.platform.Feature;
import lpm.platform.Reaction;
import lpm.platform.Request;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.json.Messages;
import lpm.platform.store.DueCommands.Due;
import lpm.platform.store.EventIds;
import lpm.platform.store.EventLog;

/**
 * Runs {@code react} on own events and addresses what follows. The same event gives the same ids and numbers each
 * time.
 */
final class Reactor {
    private final App app;
    private final Messages messages;
    private final EventLog log;

    Reactor(Inside in) {
        this.app = in.app();
        this.messages = in.messages();
        this.log = in.log();
    }

    /** What follows from one event: records for Kafka, and own commands for now or later. */
    record Followed(List<Outgoing> outgoing, List<Due> own) {}

    /** A command on its way to another service. Never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Outgoing(String topic, String key, String type, byte[] value) {}

    Followed react(EventLog.Entry entry) {
        Envelope<Event> event = log.decoded(entry);
        for (Feature<?, ?, ?> feature : app.features()) {
            if (feature.events().isInstance(event.data())) {
                return followed(entry.position(), event, reactions(feature, event));
            }
        }
        throw new IllegalStateException("no feature owns " + event.type());
    }

    private static <E extends Event> List<Reaction> reactions(Feature<?, ?, E> feature, Envelope<Event> event) {
        return feature.process().react(event.withData(feature.events().cast(event.data())));
    }

    private Followed followed(long position, Envelope<Event> event, List<Reaction> reactions) {
        List<Outgoing> outgoing = new ArrayList<>();
        List<Due> own = new ArrayList<>();
        for (int i = 0; i < reactions.size(); i++) {
            switch (reactions.get(i)) {
                case Reaction.Send send -> {
                    Optional<String> topic = Vocabulary.topicOf(send.command());
                    if (topic.isPresent()) {
                        outgoing.add(outgoing(topic.get(), event, i, send));
                    } else {
                        own.add(own(position, event, i, send.command(), send.reason(), Optional.empty()));
                    }
                }
                case Reaction.Remind remind ->
                    own.add(own(
                            position,
                            event,
                            i,
                            remind.command(),
                            Optional.empty(),
                            Optional.of(event.occurredAt().plus(remind.after()))));
            }
        }
        return new Followed(outgoing, own);
    }

    private Outgoing outgoing(String topic, Envelope<Event> event, int index, Reaction.Send send) {
        Command command = send.command();
        Class<?> type = command.getClass();
        Envelope<Command> envelope = new Envelope<>(
                id(event, index),
                MessageTypes.nameOf(type),
                MessageTypes.versionOf(type),
                command.aggregateId(),
                null,
                Cause.of(app.name(), event.aggregateId(), sequence(event), index),
                event.accountId(),
                event.ownerEpoch(),
                event.hostEpoch(),
                null,
                send.validFor().map(event.occurredAt()::plus).orElse(null),
                event.occurredAt(),
                event.correlationId(),
                event.id(),
                Actor.service(app.name()),
                send.reason().orElse(event.reason()),
                command);
        byte[] value = EnvelopeJson.write(envelope);
        if (value.length > EnvelopeJson.MAX_BYTES / 2) {
            throw new IllegalStateException(envelope.type() + " is too large to be sent: " + value.length + " bytes");
        }
        return new Outgoing(topic, command.aggregateId(), envelope.type(), value);
    }

    private Due own(
            long position,
            Envelope<Event> event,
            int index,
            Command command,
            Optional<String> reason,
            Optional<Instant> remindAt) {
        if (!messages.isOwn(command)) {
            throw new IllegalStateException(
                    "nobody in " + app.name() + " decides " + command.getClass().getName());
        }
        Actor actor = remindAt.isPresent() ? Actor.timer(app.name()) : Actor.service(app.name());
        Request request = new Request(
                id(event, index),
                event.correlationId(),
                event.id(),
                actor,
                reason.orElse(event.reason()),
                event.occurredAt());
        return new Due(
                event.aggregateId(),
                position,
                index,
                remindAt.isPresent(),
                remindAt.orElse(event.occurredAt()),
                request,
                command);
    }

    private static UUID id(Envelope<Event> event, int index) {
        return EventIds.derived(event.id(), String.valueOf(index));
    }

    private static long sequence(Envelope<Event> event) {
        Long sequence = event.sequence();
        if (sequence == null) {
            throw new IllegalStateException("a stored event has a sequence: " + event.id());
        }
        return sequence;
    }
}

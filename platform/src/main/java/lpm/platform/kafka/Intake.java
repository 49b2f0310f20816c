package lpm.platform.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import lpm.contracts.Cause;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.platform.App;
import lpm.platform.Commands.Outcome;
import lpm.platform.Feature;
import lpm.platform.KnownView;
import lpm.platform.Request;
import lpm.platform.Rows;
import lpm.platform.axon.AxonCommands;
import lpm.platform.json.EnvelopeJson;
import lpm.platform.json.Messages;
import lpm.platform.ops.Meters;
import lpm.platform.store.EventIds;
import lpm.platform.store.Store;

/** What is done about one record, inside the transaction that also moves the position. */
final class Intake {
    private final App app;
    private final Store store;
    private final AxonCommands commands;
    private final Rows rows;
    private final Messages messages;
    private final Listeners listeners;
    private final Meters meters;
    private final Clock clock;

    Intake(Inside in) {
        this.app = in.app();
        this.store = in.store();
        this.commands = in.commands();
        this.rows = in.rows();
        this.messages = in.messages();
        this.listeners = in.listeners();
        this.meters = in.meters();
        this.clock = in.clock();
    }

    /** A record before this one is missing: nobody may go on past it. */
    static final class Hole extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long offset;

        Hole(Received at, String message) {
            super(message);
            this.offset = at.offset();
        }

        /** Of the record that cannot be taken. */
        long offset() {
            return offset;
        }
    }

    /** The record cannot be understood by this version of the service. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    /** Does what follows from a message that is new: notes it and decides the commands it is translated to. */
    String act(Envelope<Record> message) {
        if (message.notAfter() != null && clock.instant().isAfter(message.notAfter())) {
            return "expired";
        }
        note(message);
        decide(message);
        return "done";
    }

    /** Whether nothing follows from a message but that it is noted. */
    boolean isQuiet(Envelope<Record> message) {
        return message.notAfter() == null
                && app.features().stream()
                        .allMatch(feature -> feature.inbox().translate(message).isEmpty());
    }

    /** Keeps what this service must know of it, and tells who listens once that is committed. */
    void note(Envelope<Record> message) {
        for (KnownView known : app.known()) {
            known.note(message, rows);
        }
        store.afterCommit(() -> listeners.tell(message));
    }

    /** Reads a record; throws {@link Unreadable} if this version of the service cannot. */
    Envelope<Record> read(Received received) {
        byte[] value = received.value();
        if (value == null) {
            throw new Unreadable("a record without a value");
        }
        Envelope<JsonNode> envelope = readEnvelope(value);
        return switch (messages.read(envelope.type(), envelope.version(), envelope.data())) {
            case Messages.Reading.Known known -> envelope.withData(known.message());
            case Messages.Reading.Unknown unknown -> throw new Unreadable(unknown.why());
        };
    }

    private static Envelope<JsonNode> readEnvelope(byte[] value) {
        try {
            return EnvelopeJson.read(value);
        } catch (IllegalArgumentException e) {
            throw new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** A message's place in its stream. Soft state has none and is as new as its record. */
    static InboxPositions.Numbered numbered(Received received, Envelope<Record> message) {
        Long sequence = message.sequence();
        Cause cause = message.cause();
        if (sequence != null) {
            return new InboxPositions.Numbered(message.aggregateId(), sequence, true);
        }
        if (cause != null) {
            // per addressed aggregate: one cause may command several, whose records travel in different partitions
            return new InboxPositions.Numbered(cause.stream() + " > " + message.aggregateId(), cause.number(), false);
        }
        if (message.data() instanceof Command) {
            throw new Unreadable("a command without a cause");
        }
        return new InboxPositions.Numbered(
                "partition " + received.partition() + " of " + received.topicId(), received.offset(), false);
    }

    private void decide(Envelope<Record> message) {
        record Translated(UUID id, Command command) {}
        List<Translated> all = new ArrayList<>();
        for (Feature<?, ?, ?> feature : app.features()) {
            List<Command> own = feature.inbox().translate(message);
            for (int i = 0; i < own.size(); i++) {
                UUID id = message.cause() != null
                        ? message.id()
                        : EventIds.derived(message.id(), feature.name() + "/" + i);
                all.add(new Translated(id, own.get(i)));
            }
        }
        if (all.isEmpty()) {
            return;
        }
        store.lock(all.stream().map(each -> each.command().aggregateId()).toList());
        for (Translated each : all) {
            Outcome outcome = commands.decide(request(each.id(), message), List.of(each.command()));
            meters.inbox(outcome instanceof Outcome.Accepted ? "decided" : "refused");
        }
    }

    private Request request(UUID id, Envelope<?> message) {
        return new Request(
                id, message.correlationId(), message.id(), message.actor(), message.reason(), clock.instant());
    }
}

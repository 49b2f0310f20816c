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
    private final InboxPositions positions;
    private final Listeners listeners;
    private final Meters meters;
    private final Clock clock;

    Intake(Inside in, InboxPositions positions) {
        this.app = in.app();
        this.store = in.store();
        this.commands = in.commands();
        this.rows = in.rows();
        this.messages = in.messages();
        this.positions = positions;
        this.listeners = in.listeners();
        this.meters = in.meters();
        this.clock = in.clock();
    }

    /** What came of a record. */
    enum Taken {
        /** Done, or nothing of it concerns this service. */
        done,
        /** Heard before. */
        duplicate,
        /** A command whose time is over. */
        expired
    }

    /** A record before this one is missing: nobody may go on past it. */
    static final class Hole extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Hole(String message) {
            super(message);
        }
    }

    /** The record cannot be understood by this version of the service. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    Taken take(Received received) {
        Envelope<Record> message = read(received);
        if (!isNew(received, message)) {
            return Taken.duplicate;
        }
        if (message.notAfter() != null && clock.instant().isAfter(message.notAfter())) {
            return Taken.expired;
        }
        for (KnownView known : app.known()) {
            known.note(message, rows);
        }
        decide(message);
        store.afterCommit(() -> listeners.tell(message));
        return Taken.done;
    }

    private Envelope<Record> read(Received received) {
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

    /** One check against duplicates and holes. Soft state has no number and is always new. */
    private boolean isNew(Received received, Envelope<Record> message) {
        Long sequence = message.sequence();
        Cause cause = message.cause();
        if (sequence != null) {
            long last = positions.last(received.topic(), message.aggregateId());
            if (sequence > last + 1) {
                throw new Hole("expected " + message.aggregateId() + " sequence " + (last + 1) + ", found " + sequence
                        + " at " + received.place());
            }
            return isNew(received, message.aggregateId(), sequence, last);
        }
        if (cause != null) {
            // per addressed aggregate: one cause may command several, whose records travel in different partitions
            String stream = cause.stream() + " > " + message.aggregateId();
            return isNew(received, stream, cause.number(), positions.last(received.topic(), stream));
        }
        if (message.data() instanceof Command) {
            throw new Unreadable("a command without a cause");
        }
        return true;
    }

    private boolean isNew(Received received, String stream, long number, long last) {
        if (number <= last) {
            return false;
        }
        positions.heard(received.topic(), stream, number);
        return true;
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

package lpm.platform.axon;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.MessageTypes;
import lpm.platform.Commands.Decided;
import lpm.platform.Decision;
import lpm.platform.Feature;
import lpm.platform.Refusal;
import lpm.platform.Request;
import lpm.platform.Rows;
import lpm.platform.axon.RecentStates.Loaded;
import lpm.platform.store.EventIds;
import lpm.platform.store.EventMeta;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;

/** Connects one feature's decider to Axon: reads the stream, folds it, decides, appends and projects. */
final class DeciderShell<C extends Command, S, E extends Event> {
    /** Events between two snapshots of one aggregate. */
    static final int SNAPSHOT_EVERY_EVENTS = 50;

    private final Feature<C, S, E> feature;
    private final EventStore events;
    private final Rows rows;
    private final RecentStates<S> recent;

    DeciderShell(Feature<C, S, E> feature, EventStore events, Rows rows, Consumer<Runnable> afterCommit) {
        this.feature = feature;
        this.events = events;
        this.rows = rows;
        this.recent = new RecentStates<>(afterCommit);
    }

    /** What one command came to. */
    sealed interface Answer {
        /** Stored, as far as this transaction is. */
        record Done(Decided decided) implements Answer {}

        /** Nothing happened. */
        record Refused(Refusal refusal) implements Answer {}
    }

    void subscribe(CommandBus bus) {
        feature.commandTypes().forEach(type -> bus.subscribe(type.getName(), this::handle));
    }

    private Answer handle(CommandMessage<?> message) {
        C command = feature.commands().cast(message.getPayload());
        Request request = Objects.requireNonNull(
                (Request) message.getMetaData().get(Request.class.getName()), "a command comes with its request");
        Loaded<S> before = load(command.aggregateId());
        return switch (feature.decider().decide(command, before.state())) {
            case Decision.Rejected<E> rejected -> new Answer.Refused(rejected.refusal());
            case Decision.Accepted<E> accepted ->
                new Answer.Done(append(command.aggregateId(), before, accepted.events(), request));
        };
    }

    private Loaded<S> load(String aggregateId) {
        Loaded<S> known = recent.find(aggregateId);
        DomainEventStream stream =
                known == null ? events.readEvents(aggregateId) : events.readEvents(aggregateId, known.last() + 1);
        S state = known == null ? feature.decider().initial() : known.state();
        long last = known == null ? -1 : known.last();
        while (stream.hasNext()) {
            DomainEventMessage<?> next = stream.next();
            if (next.getSequenceNumber() <= last) {
                // appended in this unit before a snapshot that already holds it
                continue;
            }
            last = next.getSequenceNumber();
            state = feature.states().isInstance(next.getPayload())
                    ? feature.states().cast(next.getPayload())
                    : feature.decider().evolve(state, feature.events().cast(next.getPayload()));
        }
        return new Loaded<>(state, last);
    }

    private Decided append(String aggregateId, Loaded<S> before, List<E> happened, Request request) {
        S state = before.state();
        long sequence = before.last();
        List<UUID> ids = new ArrayList<>();
        for (E event : happened) {
            state = feature.decider().evolve(state, event);
            sequence++;
            UUID id = EventIds.next(request.at());
            ids.add(id);
            DomainEventMessage<E> message = message(id, aggregateId, sequence, event, request, state);
            events.publish(message);
            feature.view().project(envelope(message), state, rows);
        }
        if ((sequence + 1) / SNAPSHOT_EVERY_EVENTS > (before.last() + 1) / SNAPSHOT_EVERY_EVENTS) {
            events.storeSnapshot(new GenericDomainEventMessage<>(feature.name(), aggregateId, sequence, state));
        }
        recent.remember(aggregateId, new Loaded<>(state, sequence));
        return new Decided(aggregateId, sequence, state, ids);
    }

    private DomainEventMessage<E> message(
            UUID id, String aggregateId, long sequence, E event, Request request, S after) {
        MetaData meta = MetaData.from(EventMeta.of(request, feature.decider().scope(after)));
        return new GenericDomainEventMessage<>(
                feature.name(),
                aggregateId,
                sequence,
                new GenericEventMessage<>(id.toString(), event, meta, request.at()),
                request.at());
    }

    private Envelope<E> envelope(DomainEventMessage<E> message) {
        Class<?> type = message.getPayload().getClass();
        return EventMeta.envelope(
                new EventMeta.StoredIdentity(
                        UUID.fromString(message.getIdentifier()),
                        MessageTypes.nameOf(type),
                        MessageTypes.versionOf(type),
                        message.getAggregateIdentifier(),
                        message.getSequenceNumber(),
                        message.getTimestamp()),
                message.getMetaData(),
                message.getPayload());
    }
}

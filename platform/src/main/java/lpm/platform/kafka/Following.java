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
import lpm.platform.Lookup;
import lpm.platform.Reaction;
import lpm.platform.Request;
import lpm.platform.Sealing;
import lpm.platform.store.EventIds;

/**
 * What follows from an own event by {@code react}, addressed. Pure: the same event gives the same ids and numbers each
 * time.
 *
 * @param orders for other services
 * @param own for this one
 */
public record Following(List<Order> orders, List<Own> own) {
    public Following {
        orders = List.copyOf(orders);
        own = List.copyOf(own);
    }

    /** A command on its way to another service's topic. */
    public record Order(String topic, Envelope<Command> envelope) {}

    /**
     * A command to this service itself.
     *
     * @param index which of the event's reactions it is
     * @param reminder whether it was asked for at a later time
     * @param at when it is due
     */
    public record Own(int index, boolean reminder, Instant at, Request request, Command command) {}

    /** Runs {@code react} of the feature that owns the event. */
    public static Following of(App app, Envelope<?> event) {
        List<Order> orders = new ArrayList<>();
        List<Own> own = new ArrayList<>();
        List<Reaction> reactions = react(app, event);
        for (int i = 0; i < reactions.size(); i++) {
            switch (reactions.get(i)) {
                case Reaction.Send send -> {
                    Optional<String> topic = Vocabulary.topicOf(send.command());
                    if (topic.isPresent()) {
                        orders.add(new Order(topic.get(), envelope(app, event, i, send)));
                    } else {
                        Request request = request(event, i, Actor.service(app.name()), send.reason());
                        own.add(new Own(i, false, event.occurredAt(), request, send.command()));
                    }
                }
                case Reaction.Remind remind -> {
                    Request request = request(event, i, Actor.timer(app.name()), Optional.empty());
                    own.add(new Own(i, true, event.occurredAt().plus(remind.after()), request, remind.command()));
                }
            }
        }
        return new Following(orders, own);
    }

    /** The same with the orders as they are sent: sealed, without those that there is nothing to send for. */
    public Following sealed(Sealing sealing, Lookup rows) {
        List<Order> sent = orders.stream()
                .flatMap(each -> sealing.seal(each.envelope().data(), rows).stream()
                        .map(command -> new Order(each.topic(), each.envelope().withData(command))))
                .toList();
        return new Following(sent, own);
    }

    private static List<Reaction> react(App app, Envelope<?> event) {
        for (Feature<?, ?, ?> feature : app.features()) {
            if (feature.events().isInstance(event.data())) {
                return react(feature, event);
            }
        }
        throw new IllegalStateException("no feature owns " + event.type());
    }

    private static <E extends Event> List<Reaction> react(Feature<?, ?, E> feature, Envelope<?> event) {
        return feature.process().react(event.withData(feature.events().cast(event.data())));
    }

    private static Envelope<Command> envelope(App app, Envelope<?> event, int index, Reaction.Send send) {
        Command command = send.command();
        return new Envelope<>(
                id(event, index),
                MessageTypes.nameOf(command.getClass()),
                MessageTypes.versionOf(command.getClass()),
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
    }

    private static Request request(Envelope<?> event, int index, Actor actor, Optional<String> reason) {
        return new Request(
                id(event, index),
                event.correlationId(),
                event.id(),
                actor,
                reason.orElse(event.reason()),
                event.occurredAt());
    }

    private static UUID id(Envelope<?> event, int index) {
        return EventIds.derived(event.id(), String.valueOf(index));
    }

    private static long sequence(Envelope<?> event) {
        Long sequence = event.sequence();
        if (sequence == null) {
            throw new IllegalStateException("a stored event has a sequence: " + event.id());
        }
        return sequence;
    }
}

package lpm.systemtests.simulation;

import java.nio.charset.StandardCharsets;
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

/** What follows from own events, addressed as the platform does it: the same event gives the same each time. */
final class Reactions {
    private final App app;

    Reactions(App app) {
        this.app = app;
    }

    /** Records for other services' topics, and own commands for now or later. */
    record Followed(List<Bus.Published> outgoing, List<Store.Due> own) {}

    Followed of(int position, Envelope<?> event) {
        Feature<?, ?, ?> owner = app.features().stream()
                .filter(each -> each.events().isInstance(event.data()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no feature owns " + event.type()));
        List<Bus.Published> outgoing = new ArrayList<>();
        List<Store.Due> own = new ArrayList<>();
        List<Reaction> reactions = react(owner, event);
        for (int i = 0; i < reactions.size(); i++) {
            Store.DueKey key = new Store.DueKey(position, i);
            switch (reactions.get(i)) {
                case Reaction.Send send -> {
                    Optional<String> topic = Vocabulary.topicOf(send.command());
                    if (topic.isPresent()) {
                        outgoing.add(new Bus.Published(topic.get(), envelope(event, i, send)));
                    } else {
                        Request request = request(event, i, Actor.service(app.name()), send.reason());
                        own.add(new Store.Due(
                                key, event.aggregateId(), false, event.occurredAt(), request, send.command()));
                    }
                }
                case Reaction.Remind remind -> {
                    Request request = request(event, i, Actor.timer(app.name()), Optional.empty());
                    Instant at = event.occurredAt().plus(remind.after());
                    own.add(new Store.Due(key, event.aggregateId(), true, at, request, remind.command()));
                }
            }
        }
        return new Followed(outgoing, own);
    }

    private static <E extends Event> List<Reaction> react(Feature<?, ?, E> feature, Envelope<?> event) {
        return feature.process().react(event.withData(feature.events().cast(event.data())));
    }

    private Envelope<Command> envelope(Envelope<?> event, int index, Reaction.Send send) {
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
        return UUID.nameUUIDFromBytes((event.id() + "/" + index).getBytes(StandardCharsets.UTF_8));
    }

    private static long sequence(Envelope<?> event) {
        return Optional.ofNullable(event.sequence())
                .orElseThrow(() -> new IllegalStateException("an event without sequence: " + event));
    }
}

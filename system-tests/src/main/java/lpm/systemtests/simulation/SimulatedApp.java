package lpm.systemtests.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import lpm.contracts.AccountId;
import lpm.contracts.Actor;
import lpm.contracts.Cause;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.MessageTypes;
import lpm.contracts.Topics;
import lpm.contracts.Vocabulary;
import lpm.platform.App;
import lpm.platform.Commands;
import lpm.platform.Decision;
import lpm.platform.Feature;
import lpm.platform.KnownView;
import lpm.platform.Planner;
import lpm.platform.Reaction;
import lpm.platform.Refusal;
import lpm.platform.Request;
import lpm.platform.Scope;
import lpm.platform.Watcher;
import lpm.platform.rows.InMemoryRows;
import org.jspecify.annotations.Nullable;

/** One service run in memory: the same features as in production, on the timeline and the bus. */
public final class SimulatedApp implements Commands {
    private static final Duration OUTBOX_DELAY = Duration.ofMillis(1);

    private final App app;
    private final Timeline timeline;
    private final Bus bus;
    private final InMemoryRows rows = new InMemoryRows();
    private final Map<Class<?>, Feature<?, ?, ?>> deciding = new HashMap<>();
    private final Map<Class<?>, Planner<?>> planning = new HashMap<>();
    private final Map<String, Stream<?, ?, ?>> streams = new TreeMap<>();
    private final Map<String, Long> heard = new HashMap<>();

    public SimulatedApp(App app, Timeline timeline, Bus bus) {
        this.app = app;
        this.timeline = timeline;
        this.bus = bus;
        app.features().forEach(feature -> feature.commandTypes().forEach(type -> deciding.put(type, feature)));
        app.planners().forEach(planner -> planning.put(planner.question(), planner));
        bus.subscribe(
                app.name(),
                topic -> app.reads().stream()
                        .anyMatch(each -> each.matcher(topic).matches()),
                this::receive);
        if (app.telemetry()) {
            bus.subscribe(app.name(), Topics.HOST_TELEMETRY::equals, told -> app.watchers()
                    .forEach(each -> each.hear(told)));
        }
        app.watchers().forEach(each -> timeline.every(each.interval(), () -> look(each)));
    }

    /** The rows of its views. */
    public InMemoryRows rows() {
        return rows;
    }

    /** The state of an aggregate; empty when nothing ever happened to it. */
    public <S> Optional<S> state(String aggregateId, Class<S> type) {
        return Optional.ofNullable(streams.get(aggregateId)).map(stream -> type.cast(stream.state()));
    }

    /** The events of an aggregate. */
    public List<? extends Envelope<?>> events(String aggregateId) {
        Stream<?, ?, ?> stream = streams.get(aggregateId);
        return stream == null ? List.of() : stream.events();
    }

    /** A request of an operator, now. */
    public Outcome ask(Command... unit) {
        UUID id = timeline.newId();
        return send(
                new Request(id, id, null, new Actor(Actor.Kind.operator, "simulation"), null, timeline.now()),
                List.of(unit));
    }

    @Override
    public Outcome send(Request request, List<? extends Command> unit) {
        Planner<?> planner = unit.size() == 1 ? planning.get(unit.getFirst().getClass()) : null;
        if (planner != null) {
            return plan(request, planner, unit.getFirst());
        }
        Map<String, Stream<?, ?, ?>.Draft> drafts = new LinkedHashMap<>();
        for (Command command : unit) {
            Feature<?, ?, ?> feature = featureOf(command);
            Stream<?, ?, ?> stream = streams.computeIfAbsent(command.aggregateId(), _ -> new Stream<>(feature));
            Decision<?> decision = drafts.computeIfAbsent(command.aggregateId(), _ -> stream.draft())
                    .decide(command);
            if (decision instanceof Decision.Rejected<?>(Refusal refusal)) {
                return new Outcome.Rejected(refusal);
            }
        }
        return new Outcome.Accepted(commit(request, drafts));
    }

    private List<Decided> commit(Request request, Map<String, Stream<?, ?, ?>.Draft> drafts) {
        List<Decided> decided = new ArrayList<>();
        drafts.forEach((aggregateId, draft) -> {
            long version = draft.version();
            Object state = draft.state();
            List<? extends Envelope<?>> stored = draft.commit(envelopes(request, aggregateId), rows);
            stored.forEach(event -> timeline.after(OUTBOX_DELAY, () -> relay(event)));
            decided.add(new Decided(
                    aggregateId,
                    version,
                    state,
                    stored.stream().map(Envelope::id).toList()));
        });
        return decided;
    }

    private <Q extends Command> Outcome plan(Request request, Planner<Q> planner, Command question) {
        Outcome last = new Outcome.Accepted(List.of());
        for (List<Command> alternative : planner.plan(planner.question().cast(question), rows)) {
            last = send(request, alternative);
            if (last instanceof Outcome.Accepted) {
                return last;
            }
        }
        return last;
    }

    private Feature<?, ?, ?> featureOf(Command command) {
        Feature<?, ?, ?> feature = deciding.get(command.getClass());
        if (feature == null) {
            throw new IllegalArgumentException(app.name() + " has no feature that decides " + command);
        }
        return feature;
    }

    private Stream.EnvelopeSource envelopes(Request request, String aggregateId) {
        return new Stream.EnvelopeSource() {
            @Override
            public <E extends Event> Envelope<E> of(E event, long sequence, Scope scope) {
                return new Envelope<>(
                        timeline.newId(),
                        MessageTypes.nameOf(event.getClass()),
                        MessageTypes.versionOf(event.getClass()),
                        aggregateId,
                        sequence,
                        null,
                        value(scope.account()),
                        scope.ownerEpoch(),
                        scope.hostEpoch(),
                        request.commandId(),
                        null,
                        timeline.now(),
                        request.correlationId(),
                        request.causationId() == null ? request.commandId() : request.causationId(),
                        request.actor(),
                        request.reason(),
                        event);
            }
        };
    }

    private static @Nullable Long value(@Nullable AccountId account) {
        return account == null ? null : account.value();
    }

    // --- outbox --------------------------------------------------------------------------------------------------

    private void relay(Envelope<?> event) {
        bus.publish(Topics.events(app.name()), event);
        Stream<?, ?, ?> stream = streams.get(event.aggregateId());
        if (stream == null) {
            throw new IllegalStateException("no stream of " + event);
        }
        int index = 0;
        for (Reaction reaction : stream.react(event)) {
            switch (reaction) {
                case Reaction.Send(Command command, Optional<Duration> validFor, Optional<String> reason) ->
                    dispatch(event, index, command, validFor, reason.orElse(null));
                case Reaction.Remind(Duration after, Command command) ->
                    timeline.at(
                            event.occurredAt().plus(after),
                            () -> send(caused(event, Actor.timer(app.name()), null), List.of(command)));
            }
            index++;
        }
    }

    private void dispatch(
            Envelope<?> event, int index, Command command, Optional<Duration> validFor, @Nullable String reason) {
        Optional<String> topic = Vocabulary.topicOf(command);
        if (topic.isEmpty()) {
            send(caused(event, Actor.service(app.name()), reason), List.of(command));
            return;
        }
        Cause cause = Cause.of(app.name(), event.aggregateId(), sequence(event), index);
        UUID id = UUID.nameUUIDFromBytes((event.id() + "/" + index).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Instant notAfter = validFor.map(event.occurredAt()::plus).orElse(null);
        bus.publish(
                topic.get(),
                new Envelope<>(
                        id,
                        MessageTypes.nameOf(command.getClass()),
                        MessageTypes.versionOf(command.getClass()),
                        command.aggregateId(),
                        null,
                        cause,
                        event.accountId(),
                        event.ownerEpoch(),
                        event.hostEpoch(),
                        null,
                        notAfter,
                        timeline.now(),
                        event.correlationId(),
                        event.id(),
                        Actor.service(app.name()),
                        reason,
                        command));
    }

    private Request caused(Envelope<?> message, Actor actor, @Nullable String reason) {
        return new Request(timeline.newId(), message.correlationId(), message.id(), actor, reason, timeline.now());
    }

    private static long sequence(Envelope<?> event) {
        Long sequence = event.sequence();
        if (sequence == null) {
            throw new IllegalStateException("an event without sequence: " + event);
        }
        return sequence;
    }

    // --- inbox ---------------------------------------------------------------------------------------------------

    private void receive(Envelope<?> message) {
        if (!isNew(message)) {
            return;
        }
        if (message.data() instanceof Event) {
            for (KnownView known : app.known()) {
                known.note(message, rows);
            }
        }
        for (Feature<?, ?, ?> feature : app.features()) {
            for (Command command : feature.inbox().translate(message)) {
                send(caused(message, message.actor(), message.reason()), List.of(command));
            }
        }
    }

    private boolean isNew(Envelope<?> message) {
        Cause cause = message.cause();
        if (cause != null) {
            Long last = heard.get(cause.stream());
            if (last != null && cause.number() <= last) {
                return false;
            }
            heard.put(cause.stream(), cause.number());
            return true;
        }
        long last = heard.getOrDefault(message.aggregateId(), -1L);
        long sequence = sequence(message);
        if (sequence > last + 1) {
            throw new IllegalStateException(app.name() + " missed events of " + message.aggregateId() + " between "
                    + last + " and " + sequence);
        }
        if (sequence == last + 1) {
            heard.put(message.aggregateId(), sequence);
            return true;
        }
        return false;
    }

    private void look(Watcher watcher) {
        for (Command command : watcher.look(timeline.now(), rows)) {
            UUID id = timeline.newId();
            send(new Request(id, id, null, Actor.timer(app.name()), null, timeline.now()), List.of(command));
        }
    }
}

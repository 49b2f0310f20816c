package lpm.systemtests.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.MessageTypes;
import lpm.platform.App;
import lpm.platform.Commands;
import lpm.platform.Commands.Outcome;
import lpm.platform.Decision;
import lpm.platform.Feature;
import lpm.platform.Planner;
import lpm.platform.Refusal;
import lpm.platform.Request;
import lpm.platform.Rows;
import lpm.platform.Scope;
import org.jspecify.annotations.Nullable;

/** Decides units of commands as part of an open transaction of the store. */
final class Deciding {
    private final App app;
    private final Store store;
    private final Timeline timeline;
    private final Map<Class<?>, Feature<?, ?, ?>> deciding = new HashMap<>();
    private final Map<Class<?>, Planner<?>> planning = new HashMap<>();

    Deciding(App app, Store store, Timeline timeline) {
        this.app = app;
        this.store = store;
        this.timeline = timeline;
        app.features().forEach(feature -> feature.commandTypes().forEach(type -> deciding.put(type, feature)));
        app.planners().forEach(planner -> planning.put(planner.question(), planner));
    }

    /** The same; when the unit is accepted, rows are written in the transaction. */
    Outcome decide(Request request, List<? extends Command> unit, Consumer<Rows> beside) {
        Outcome outcome = decide(request, unit);
        if (outcome instanceof Outcome.Accepted) {
            beside.accept(store.rows());
        }
        return outcome;
    }

    Outcome decide(Request request, List<? extends Command> unit) {
        Planner<?> planner = unit.size() == 1 ? planning.get(unit.getFirst().getClass()) : null;
        if (planner != null) {
            return planner.settle(unit.getFirst(), store.rows(), alternative -> decide(request, alternative));
        }
        Map<String, Draft<?, ?, ?>> drafts = new LinkedHashMap<>();
        for (Command command : unit) {
            Decision<?> decision = drafts.computeIfAbsent(command.aggregateId(), id -> draft(id, featureOf(command)))
                    .decide(command);
            if (decision instanceof Decision.Rejected<?>(Refusal refusal)) {
                return new Outcome.Rejected(refusal);
            }
        }
        List<Commands.Decided> decided = new ArrayList<>();
        drafts.forEach((id, draft) -> decided.add(draft.commit(request, id)));
        return new Outcome.Accepted(decided);
    }

    private Feature<?, ?, ?> featureOf(Command command) {
        return Optional.<Feature<?, ?, ?>>ofNullable(deciding.get(command.getClass()))
                .orElseThrow(() -> new IllegalArgumentException(app.name() + " has no feature for " + command));
    }

    private <C extends Command, S, E extends Event> Draft<C, S, E> draft(String id, Feature<C, S, E> feature) {
        return new Draft<>(store.stream(id, feature).draft(feature));
    }

    private final class Draft<C extends Command, S, E extends Event> {
        private final Stream<S, E>.Draft<C> draft;

        private Draft(Stream<S, E>.Draft<C> draft) {
            this.draft = draft;
        }

        private Decision<E> decide(Command command) {
            return draft.decide(command);
        }

        private Commands.Decided commit(Request request, String aggregateId) {
            long version = draft.version();
            List<Envelope<E>> stored = draft.commit(envelopes(request, aggregateId), store);
            store.append(stored);
            return new Commands.Decided(
                    aggregateId,
                    version,
                    draft.state(),
                    stored.stream().map(Envelope::id).toList());
        }
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
}

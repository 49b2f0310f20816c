package lpm.systemtests.simulation;

import java.util.ArrayList;
import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.platform.Decision;
import lpm.platform.Feature;
import lpm.platform.Scope;

/** One aggregate of one feature: its events and the state they fold to. */
final class Stream<S, E extends Event> {
    private final List<Envelope<E>> events = new ArrayList<>();
    private S state;

    Stream(S initial) {
        this.state = initial;
    }

    S state() {
        return state;
    }

    List<Envelope<E>> events() {
        return List.copyOf(events);
    }

    /** Decides about this stream with a feature, without storing; later commands of the unit build on it. */
    <C extends Command> Draft<C> draft(Feature<C, S, E> feature) {
        return new Draft<>(feature);
    }

    final class Draft<C extends Command> {
        private final Feature<C, S, E> feature;
        private final List<E> fresh = new ArrayList<>();
        private S after = state;

        private Draft(Feature<C, S, E> feature) {
            this.feature = feature;
        }

        Decision<E> decide(Command command) {
            Decision<E> decision = feature.decider().decide(feature.commands().cast(command), after);
            if (decision instanceof Decision.Accepted<E>(List<E> accepted)) {
                for (E event : accepted) {
                    after = feature.decider().evolve(after, event);
                    fresh.add(event);
                }
            }
            return decision;
        }

        S state() {
            return after;
        }

        long version() {
            return events.size() + fresh.size() - 1L;
        }

        /** Stores the drafted events and shows them; returns them in their envelopes. */
        List<Envelope<E>> commit(EnvelopeSource envelopes, Store store) {
            S before = state;
            int size = events.size();
            store.onRollback(() -> {
                events.subList(size, events.size()).clear();
                state = before;
            });
            List<Envelope<E>> stored = new ArrayList<>();
            for (E event : fresh) {
                state = feature.decider().evolve(state, event);
                Scope scope = feature.decider().scope(state);
                Envelope<E> envelope = envelopes.of(event, events.size(), scope);
                events.add(envelope);
                stored.add(envelope);
                feature.view().project(envelope, state, store.rows());
            }
            return stored;
        }
    }

    /** Makes the envelope around an event. */
    interface EnvelopeSource {
        <E extends Event> Envelope<E> of(E event, long sequence, Scope scope);
    }
}

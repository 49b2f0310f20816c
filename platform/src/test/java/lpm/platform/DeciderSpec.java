package lpm.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.Event;

/** The grammar of decider tests: given events, when a command, then events or a refusal. */
public final class DeciderSpec<C extends Command, S, E extends Event> {
    private final Decider<C, S, E> decider;
    private final List<E> history = new ArrayList<>();

    private DeciderSpec(Decider<C, S, E> decider) {
        this.decider = decider;
    }

    public static <C extends Command, S, E extends Event> DeciderSpec<C, S, E> of(Decider<C, S, E> decider) {
        return new DeciderSpec<>(decider);
    }

    /** What has happened so far. */
    @SafeVarargs
    public final DeciderSpec<C, S, E> given(E... events) {
        history.addAll(List.of(events));
        return this;
    }

    /** What is asked now. */
    public Then when(C command) {
        return new Then(decider.decide(command, state()));
    }

    /** The state after what has happened so far. */
    public S state() {
        S state = decider.initial();
        for (E event : history) {
            state = decider.evolve(state, event);
        }
        return state;
    }

    /** What must follow. */
    public final class Then {
        private final Decision<E> decision;

        private Then(Decision<E> decision) {
            this.decision = decision;
        }

        /** Exactly these events; the next {@code when} builds on them. */
        @SafeVarargs
        public final DeciderSpec<C, S, E> then(E... events) {
            assertThat(events()).containsExactly(events);
            return given(events);
        }

        /** Accepted, with nothing new. */
        public DeciderSpec<C, S, E> thenNothing() {
            assertThat(events()).isEmpty();
            return DeciderSpec.this;
        }

        /** Refused for exactly this reason. */
        public DeciderSpec<C, S, E> thenRefused(String reason) {
            assertThat(decision).isInstanceOf(Decision.Rejected.class);
            assertThat(((Decision.Rejected<E>) decision).refusal().reasons())
                    .extracting(Refusal.Reason::text)
                    .containsExactly(reason);
            return DeciderSpec.this;
        }

        /** The accepted events. */
        public List<E> events() {
            assertThat(decision).isInstanceOf(Decision.Accepted.class);
            return ((Decision.Accepted<E>) decision).events();
        }
    }
}

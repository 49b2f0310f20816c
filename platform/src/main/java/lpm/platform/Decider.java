package lpm.platform;

import lpm.contracts.Command;
import lpm.contracts.Event;

/**
 * Decides what happens to one aggregate: pure functions only, no clock, randomness or IO (time and ids come in the
 * command). Chassaing's Decider.
 *
 * @param <C> the feature's own sealed command type
 * @param <S> the sealed state, one record per phase
 * @param <E> the sealed event type of the aggregate
 */
public interface Decider<C extends Command, S, E extends Event> {
    /** The state before the first event. */
    S initial();

    /**
     * Says what follows from a command, or why it is refused. Must accept (with no events) what it has already done.
     */
    Decision<E> decide(C command, S state);

    /** Folds one event. Never says no: an event that cannot be folded is a bug and throws. */
    S evolve(S state, E event);

    /** Whose aggregate it is and under which epochs, for the envelope of its events. */
    default Scope scope(S state) {
        return Scope.NONE;
    }
}

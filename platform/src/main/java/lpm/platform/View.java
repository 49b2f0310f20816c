package lpm.platform;

import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.Event;

/**
 * Projects an own event into rows, in the transaction that stores it, so that a service reads its own writes.
 *
 * @param <S> the state after the event, as the decider folded it
 */
public interface View<E extends Event, S> {
    /** The tables it writes; only it writes them. Names end in {@code _view}. */
    List<String> tables();

    void project(Envelope<E> event, S after, Rows rows);

    /** For features that nobody lists. */
    static <E extends Event, S> View<E, S> none() {
        return new View<>() {
            @Override
            public List<String> tables() {
                return List.of();
            }

            @Override
            public void project(Envelope<E> event, S after, Rows rows) {
                // nothing to show
            }
        };
    }
}

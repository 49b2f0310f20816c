package lpm.platform;

import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.Event;

/**
 * What follows from an own event: commands to send and reminders to set. Stateless: an event carries what the next step
 * needs. Runs at least once per event.
 */
@FunctionalInterface
public interface Process<E extends Event> {
    List<Reaction> react(Envelope<E> event);

    /** For features that nothing follows from. */
    static <E extends Event> Process<E> none() {
        return _ -> List.of();
    }
}

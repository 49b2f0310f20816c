package lpm.platform;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.Event;
import lpm.contracts.MessageTypes;

/**
 * A feature as a value that any interpreter can run.
 *
 * @param name the prefix of its aggregates' ids, such as {@code linode} for {@code linode:123}
 */
public record Feature<C extends Command, S, E extends Event>(
        String name,
        Class<C> commands,
        Class<S> states,
        Class<E> events,
        Decider<C, S, E> decider,
        Process<E> process,
        Inbox inbox,
        View<E, S> view) {

    /** A feature that decides; the other verbs follow with {@link #reacting}, {@link #listening}, {@link #showing}. */
    public static <C extends Command, S, E extends Event> Feature<C, S, E> of(
            String name, Class<C> commands, Class<S> states, Class<E> events, Decider<C, S, E> decider) {
        return new Feature<>(name, commands, states, events, decider, Process.none(), Inbox.none(), View.none());
    }

    public Feature<C, S, E> reacting(Process<E> other) {
        return new Feature<>(name, commands, states, events, decider, other, inbox, view);
    }

    public Feature<C, S, E> listening(Inbox other) {
        return new Feature<>(name, commands, states, events, decider, process, other, view);
    }

    public Feature<C, S, E> showing(View<E, S> other) {
        return new Feature<>(name, commands, states, events, decider, process, inbox, other);
    }

    /** The record classes of its commands. */
    public List<Class<? extends Record>> commandTypes() {
        return MessageTypes.records(commands);
    }
}

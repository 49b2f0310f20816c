package lpm.platform.axon;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The committed states of the aggregates used last. Streams only grow, so a remembered state is never wrong, at most
 * older than the stream: whoever uses it reads the events after it.
 */
final class RecentStates<S> {
    private static final int MAX_STATES = 1_000;

    private final Map<String, Loaded<S>> states = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Loaded<S>> eldest) {
            return size() > MAX_STATES;
        }
    });
    private final Consumer<Runnable> afterCommit;

    /** @param afterCommit runs an action once the open transaction is committed */
    RecentStates(Consumer<Runnable> afterCommit) {
        this.afterCommit = afterCommit;
    }

    /** An aggregate's state and the sequence of its last event, -1 before the first. */
    record Loaded<S>(S state, long last) {}

    @Nullable
    Loaded<S> find(String aggregateId) {
        return states.get(aggregateId);
    }

    /** Remembers a state if what it rests on is committed. */
    void remember(String aggregateId, Loaded<S> state) {
        if (state.last() >= 0) {
            afterCommit.accept(() -> states.put(aggregateId, state));
        }
    }
}

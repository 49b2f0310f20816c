package lpm.platform.kafka;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import lpm.contracts.Envelope;

/**
 * Told of every message that the inbox has taken, after its commit. They must be quick and may miss some: soft state.
 */
public final class Listeners {
    private final List<Consumer<Envelope<?>>> all = new CopyOnWriteArrayList<>();

    public void add(Consumer<Envelope<?>> listener) {
        all.add(listener);
    }

    void tell(Envelope<?> message) {
        all.forEach(each -> each.accept(message));
    }
}

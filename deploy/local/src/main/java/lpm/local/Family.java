package lpm.local;

import java.util.ArrayList;
import java.util.List;

/** All children of one launcher, in the order of their start; they end in the reverse order. */
public final class Family {
    private final List<List<Child>> generations = new ArrayList<>();
    private boolean closed;

    /** Takes in processes that may end together. */
    public synchronized void adopt(List<Child> children) {
        generations.add(List.copyOf(children));
        if (closed) {
            children.forEach(Child::retire);
        }
    }

    /** Ends them all; later starts are refused. */
    public void close() {
        List<List<Child>> reversed = ending();
        for (List<Child> generation : reversed) {
            List<Thread> stops = generation.stream()
                    .map(child ->
                            Thread.ofVirtual().name("stop-" + child.name()).start(child::stop))
                    .toList();
            stops.forEach(Family::join);
        }
    }

    private synchronized List<List<Child>> ending() {
        closed = true;
        generations.forEach(generation -> generation.forEach(Child::retire));
        List<List<Child>> reversed = generations.reversed().stream().toList();
        generations.clear();
        return reversed;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

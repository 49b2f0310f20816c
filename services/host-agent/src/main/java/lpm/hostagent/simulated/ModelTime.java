package lpm.hostagent.simulated;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;

/** Virtual time: things happen in the order of their due time, then of their planning. Nothing here reads a clock. */
final class ModelTime {
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private Instant now;
    private long count;

    ModelTime(Instant start) {
        this.now = start;
    }

    private record Due(Instant at, long order, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    Instant now() {
        return now;
    }

    void at(Instant time, Runnable what) {
        queue.add(new Due(time.isBefore(now) ? now : time, count++, what));
    }

    void after(Duration wait, Runnable what) {
        at(now.plus(wait), what);
    }

    /** Lets everything happen that is due until then; a time that is past already changes nothing. */
    void advanceTo(Instant time) {
        while (!queue.isEmpty() && !queue.element().at().isAfter(time)) {
            Due next = queue.remove();
            now = next.at();
            next.what().run();
        }
        if (time.isAfter(now)) {
            now = time;
        }
    }

    Optional<Instant> nextDue() {
        return Optional.ofNullable(queue.peek()).map(Due::at);
    }
}

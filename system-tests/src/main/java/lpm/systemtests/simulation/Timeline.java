package lpm.systemtests.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Virtual time, and the only source of chance: things happen in the order of their time, then of their planning. */
public final class Timeline {
    private static final Instant START = Instant.parse("2005-06-01T12:00:00Z");

    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private final Random random;
    private Consumer<Instant> companion = _ -> {};
    private Instant now = START;
    private long count;

    public Timeline(long seed) {
        this.random = new Random(seed);
    }

    private record Planned(Instant at, long order, Runnable what) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    public Instant now() {
        return now;
    }

    public Random random() {
        return random;
    }

    /** A new id; the same in every run of one seed. */
    public UUID newId() {
        long high = (now.toEpochMilli() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        return new UUID(high, (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }

    /** Lets something else that keeps time follow: it is told each new time before anything happens then. */
    public void follow(Consumer<Instant> other) {
        companion = other;
    }

    /** Plans something for a later time; what is already past happens next. */
    public void at(Instant time, Runnable what) {
        planned.add(new Planned(time.isBefore(now) ? now : time, count++, what));
    }

    /** Plans something for after a while. */
    public void after(Duration wait, Runnable what) {
        at(now.plus(wait), what);
    }

    /** Plans something again and again. */
    public void every(Duration interval, Runnable what) {
        after(interval, () -> {
            what.run();
            every(interval, what);
        });
    }

    /** Lets time pass. */
    public void run(Duration span) {
        Instant end = now.plus(span);
        runUntil(() -> false, span);
        goTo(end);
    }

    /** Lets time pass until something holds; whether it came to hold within the limit. */
    public boolean runUntil(BooleanSupplier holds, Duration limit) {
        Instant end = now.plus(limit);
        while (!holds.getAsBoolean()) {
            Planned next = planned.peek();
            if (next == null || next.at().isAfter(end)) {
                return false;
            }
            planned.poll();
            goTo(next.at());
            next.what().run();
        }
        return true;
    }

    private void goTo(Instant time) {
        now = time;
        companion.accept(time);
    }
}

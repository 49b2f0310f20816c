package lpm.platform.time;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that never goes back and does not jump: the time of day at its start, then counted by the machine. */
public final class SteadyClock implements InstantSource {
    private final Instant start;
    private final long startNanos = System.nanoTime();

    public SteadyClock(Instant start) {
        this.start = start;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}

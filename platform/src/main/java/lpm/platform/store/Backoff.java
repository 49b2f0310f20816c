package lpm.platform.store;

import java.util.concurrent.ThreadLocalRandom;

/** Growing, bounded pauses between tries. */
public final class Backoff {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 3_000;

    private long millis = FIRST_MILLIS;

    public void reset() {
        millis = FIRST_MILLIS;
    }

    /** Waits, longer each time; returns at once when interrupted. */
    public void pause() {
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
            millis = Math.min(LONGEST_MILLIS, millis * 2);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

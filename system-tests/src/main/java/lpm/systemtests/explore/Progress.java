package lpm.systemtests.explore;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells how far a run is while it goes on: on a terminal in one line that is written again, else in a line every few
 * seconds. Seeds end in several threads.
 */
final class Progress {
    private static final long ON_TERMINAL_NANOS = 1_000_000_000L;
    private static final long ELSEWHERE_NANOS = 10_000_000_000L;
    private static final double NANOS_PER_MINUTE = 6e10;
    private static final String CLEARED = "\r\u001b[K";

    private final long total;
    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final long start;
    private long last;
    private long done;
    private long failed;
    private boolean shown;

    /**
     * @param total how many seeds there are
     * @param terminal whether {@code out} is one
     * @param nanos a clock that only goes on
     */
    Progress(long total, PrintStream out, boolean terminal, LongSupplier nanos) {
        this.total = total;
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.last = start;
    }

    /** A seed has ended. */
    synchronized void ended(boolean passed) {
        done++;
        failed += passed ? 0 : 1;
        long now = nanos.getAsLong();
        if (now - last >= (terminal ? ON_TERMINAL_NANOS : ELSEWHERE_NANOS)) {
            last = now;
            tell(now);
        }
    }

    private void tell(long now) {
        double minutes = (now - start) / NANOS_PER_MINUTE;
        double perMinute = done / minutes;
        Duration left = Duration.ofSeconds(Math.round((total - done) / perMinute * 60));
        String line = "%d of %d seeds, %d failed, %.0f seeds per minute, %d:%02d:%02d left"
                .formatted(done, total, failed, perMinute, left.toHours(), left.toMinutesPart(), left.toSecondsPart());
        if (terminal) {
            out.print(CLEARED + line);
            out.flush();
            shown = true;
        } else {
            out.println(line);
        }
    }

    /** Takes the line from the terminal, before something else is written there. */
    synchronized void clear() {
        if (shown) {
            out.print(CLEARED);
            out.flush();
            shown = false;
        }
    }
}

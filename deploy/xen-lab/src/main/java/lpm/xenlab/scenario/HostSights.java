package lpm.xenlab.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one host's witness saw since one start of the host, put on this process's clock: a line's time is its stamp plus
 * the smallest delay of the lines that came soon after it. A host whose clock stood still (it was stopped as a whole)
 * ran nothing meanwhile.
 */
final class HostSights {
    /** Within this, one of the lines is taken to have come without delay. */
    private static final long WINDOW_NANOS = 10_000_000_000L;
    /** Lines further apart than this leave a time of which nothing is known. */
    private static final double SILENCE_SECONDS = 2;
    /** More than this is no delay: the host stood still. */
    private static final long STOOD_STILL_NANOS = 1_000_000_000L;

    private static final double SLEPT_CPU_SECONDS = 0.005;
    private static final double NANOS = 1e9;

    private final String host;
    private final int boot;
    private final List<WatchLine> lines = new ArrayList<>();

    HostSights(String host, int boot) {
        this.host = host;
        this.boot = boot;
    }

    void add(WatchLine line) {
        lines.add(line);
    }

    List<WatchLine> lines() {
        return lines;
    }

    private record Mapped(WatchLine line, long atNanos) {
        long nanos(double stamp) {
            return atNanos + Math.round((stamp - line.stamp()) * NANOS);
        }
    }

    private List<Mapped> mapped() {
        List<Mapped> all = new ArrayList<>();
        long[] delays = new long[lines.size()];
        for (int i = 0; i < delays.length; i++) {
            delays[i] = lines.get(i).receivedNanos() - Math.round(lines.get(i).stamp() * NANOS);
        }
        for (int i = 0; i < delays.length; i++) {
            long smallest = delays[i];
            long end = lines.get(i).receivedNanos() + WINDOW_NANOS;
            for (int j = i + 1; j < delays.length && lines.get(j).receivedNanos() <= end; j++) {
                smallest = Math.min(smallest, delays[j]);
            }
            all.add(new Mapped(lines.get(i), Math.round(lines.get(i).stamp() * NANOS) + smallest));
        }
        return all;
    }

    /** When domains could run, each time as long as it was seen without a break. */
    List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        Map<Integer, Mapped> last = new HashMap<>();
        for (Mapped now : mapped()) {
            WatchLine line = now.line();
            if (line.isPulse()) {
                continue;
            }
            Mapped was = last.put(line.domain(), now);
            if (was != null && isSteady(was, now)) {
                piece(was, now).ifPresent(piece -> join(spans, piece));
            }
        }
        return spans;
    }

    private static boolean isSteady(Mapped was, Mapped now) {
        double seconds = now.line().stamp() - was.line().stamp();
        long stoodStill = now.atNanos() - was.atNanos() - Math.round(seconds * NANOS);
        return seconds <= SILENCE_SECONDS && Math.abs(stoodStill) < STOOD_STILL_NANOS;
    }

    /** From one line of a domain to its next: it ran until the look before a change; used CPU time tells too. */
    private Optional<Span> piece(Mapped was, Mapped now) {
        WatchLine line = now.line();
        double cpu = Math.max(0, line.figure() - was.line().figure());
        boolean ran = was.line().mayRun();
        if (!ran && cpu < SLEPT_CPU_SECONDS) {
            return Optional.empty();
        }
        long until = ran && !line.mayRun() ? Math.max(now.nanos(line.before()), was.atNanos()) : now.atNanos();
        return Optional.of(new Span(host, boot, line.name(), line.domain(), was.atNanos(), until, cpu));
    }

    private static void join(List<Span> spans, Span piece) {
        for (int i = spans.size() - 1; i >= 0; i--) {
            if (spans.get(i).isSameCopy(piece)) {
                if (piece.continues(spans.get(i))) {
                    spans.set(i, piece.after(spans.get(i)));
                    return;
                }
                break;
            }
        }
        spans.add(piece);
    }
}

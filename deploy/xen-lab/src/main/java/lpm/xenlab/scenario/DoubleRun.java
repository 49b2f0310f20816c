package lpm.xenlab.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two copies of one Linode that could run at the same time. */
record DoubleRun(Span one, Span other, long fromNanos, long toNanos) {
    /** How exactly two hosts' clocks are known here: delays on the way and between two looks at a log. */
    static final long UNCERTAIN_NANOS = 60_000_000L;

    private static final double NANOS = 1e9;

    static List<DoubleRun> among(List<Span> spans) {
        List<DoubleRun> found = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            for (int j = i + 1; j < spans.size(); j++) {
                Span one = spans.get(i);
                Span other = spans.get(j);
                long from = Math.max(one.fromNanos(), other.fromNanos());
                long to = Math.min(one.toNanos(), other.toNanos());
                if (one.name().equals(other.name()) && !one.isSameCopy(other) && to - from > UNCERTAIN_NANOS) {
                    found.add(new DoubleRun(one, other, from, to));
                }
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s on %s (domain %d) and on %s (domain %d) for %.3f s; CPU seconds of their whole runs: %.2f and %.2f",
                one.name(),
                one.host(),
                one.domain(),
                other.host(),
                other.domain(),
                (toNanos - fromNanos) / NANOS,
                one.cpuSeconds(),
                other.cpuSeconds());
    }
}

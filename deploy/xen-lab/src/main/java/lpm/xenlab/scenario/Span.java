package lpm.xenlab.scenario;

/**
 * A time in which a domain could run for certain, on this process's monotonic clock.
 *
 * @param boot which start of the host, counted from 1
 * @param cpuSeconds what it used in that time
 */
record Span(String host, int boot, String name, int domain, long fromNanos, long toNanos, double cpuSeconds) {
    private static final double NANOS = 1e9;

    boolean continues(Span earlier) {
        return host.equals(earlier.host)
                && boot == earlier.boot
                && domain == earlier.domain
                && fromNanos <= earlier.toNanos;
    }

    /** The other one first. */
    Span after(Span earlier) {
        return new Span(
                host,
                boot,
                name,
                domain,
                earlier.fromNanos,
                Math.max(toNanos, earlier.toNanos),
                earlier.cpuSeconds + cpuSeconds);
    }

    boolean isSameCopy(Span other) {
        return host.equals(other.host) && boot == other.boot && domain == other.domain;
    }

    double seconds() {
        return (toNanos - fromNanos) / NANOS;
    }
}

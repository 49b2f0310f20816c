package lpm.storage.fence;

import java.time.Duration;

/** The times a fence stands on. They are proved together: W plus the time to stop all domains is at most R. */
final class FenceTimes {
    /** W: a watchdog stops a host's domains when the lease was not renewed for so long. */
    static final Duration WATCHDOG = Duration.ofSeconds(20);

    /** R: so long after the last renewal every domain of the host is stopped. */
    static final Duration STOPPED = Duration.ofSeconds(30);

    /** How long the acting host may take before another one is asked. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private FenceTimes() {}

    /** What is still to wait when the lease was last renewed so long ago. */
    static Duration untilStopped(long unrenewedForMillis) {
        Duration left = STOPPED.minusMillis(unrenewedForMillis);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** How old the last renewal must be before the lease may be revoked. */
    static long minUnrenewedMillis(boolean declaredDead) {
        return declaredDead ? 0 : WATCHDOG.toMillis();
    }
}

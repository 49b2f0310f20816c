package lpm.xenlab;

/**
 * When a host must stand still: armed by the first pet, due when nobody renewed it within its time, counted from when
 * the renewal was sent. One that has stood still for long starts anew, as under a real watchdog: its agent cannot look
 * into it and learn that it was fenced. Knows neither clock nor host; all times are milliseconds of one monotonic
 * clock.
 */
final class WatchdogTimer {
    /** So long a host that stands still may be let go on. */
    static final long PATIENCE_MILLIS = 40_000;

    /** What is to be done to the host now. */
    enum Action {
        NONE,
        PAUSE,
        CONTINUE,
        RESET
    }

    private final long limitMillis;
    private boolean armed;
    private boolean paused;
    private boolean revoked;
    private long expires;

    WatchdogTimer(long limitMillis) {
        this.limitMillis = limitMillis;
    }

    /** A renewal was acknowledged; it was sent so long ago. One older than the limit is worth nothing. */
    void pet(long now, long ageMillis) {
        long until = now - ageMillis + limitMillis;
        if (until > now) {
            expires = armed ? Math.max(expires, until) : until;
            armed = true;
        }
    }

    /** The host was declared dead: whatever it still runs must end. */
    void revoke() {
        revoked = true;
    }

    Action due(long now) {
        if (revoked) {
            return Action.RESET;
        }
        if (!armed) {
            return Action.NONE;
        }
        if (now >= expires) {
            Action later = now >= expires + PATIENCE_MILLIS ? Action.RESET : Action.NONE;
            return paused ? later : Action.PAUSE;
        }
        return paused ? Action.CONTINUE : Action.NONE;
    }

    /** It was done. */
    void done(Action action) {
        switch (action) {
            case PAUSE -> paused = true;
            case CONTINUE -> paused = false;
            case RESET -> rest();
            case NONE -> {}
        }
    }

    /** The host starts anew and holds nothing that would have to be watched. */
    void rest() {
        armed = false;
        paused = false;
        revoked = false;
    }

    boolean paused() {
        return paused;
    }
}

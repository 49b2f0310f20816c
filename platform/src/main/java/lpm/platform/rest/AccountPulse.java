package lpm.platform.rest;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import lpm.platform.time.SteadyClock;

/**
 * When account was last heard. A service that has not heard it for long may hold revoked tokens for valid, so it
 * answers 503 to writes. Never fed it counts as alive. Soft state; a process takes its own start for a beat.
 */
@Singleton
public final class AccountPulse {
    /** Silence after which writes are refused. */
    public static final Duration MAX_SILENCE = Duration.ofSeconds(60);

    private volatile boolean own;
    private volatile Instant last = Instant.MAX;
    private final InstantSource clock;

    /** By a clock that is never set. */
    public AccountPulse() {
        this(new SteadyClock(Instant.now()));
    }

    AccountPulse(InstantSource clock) {
        this.clock = clock;
    }

    /** Account was heard, or listening for it began. */
    public void heard() {
        last = clock.instant();
    }

    /** This is account itself: nobody knows better. */
    public void own() {
        own = true;
    }

    /** Whether it was heard lately. */
    public boolean alive() {
        Instant heard = last;
        return own
                || heard.equals(Instant.MAX)
                || Duration.between(heard, clock.instant()).compareTo(MAX_SILENCE) <= 0;
    }
}

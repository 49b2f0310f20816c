package lpm.platform.rest;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

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

    /** Account was heard, or listening for it began. */
    public void heard(Instant at) {
        last = at;
    }

    /** This is account itself: nobody knows better. */
    public void own() {
        own = true;
    }

    public boolean alive(Instant now) {
        Instant heard = last;
        return own || heard.equals(Instant.MAX) || Duration.between(heard, now).compareTo(MAX_SILENCE) <= 0;
    }
}

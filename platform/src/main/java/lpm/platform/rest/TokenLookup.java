package lpm.platform.rest;

import java.time.Instant;
import java.util.Optional;

/** Finds who may call with a token, by the token's keyed hash. */
@FunctionalInterface
public interface TokenLookup {
    Answer find(String tokenHash, Instant now);

    /** What is known of a token: {@code heardOf} is false where account's word may still be on its way. */
    record Answer(boolean heardOf, Optional<Caller> caller) {}
}

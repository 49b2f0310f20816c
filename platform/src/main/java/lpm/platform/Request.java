package lpm.platform;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import lpm.contracts.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what it belongs to: travels with commands into the envelope of every event they cause.
 *
 * @param commandId id of the command; for a command from Kafka its envelope's id
 * @param correlationId id of the first request of the chain
 * @param causationId id of the message that caused this one; none for a first request
 * @param at when it was asked, in milliseconds, as it is kept: a view is told the same now and by a replay
 */
public record Request(
        UUID commandId,
        UUID correlationId,
        @Nullable UUID causationId,
        Actor actor,
        @Nullable String reason,
        Instant at) {
    public Request {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }
}

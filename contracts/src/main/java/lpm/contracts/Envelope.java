package lpm.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds every message on every topic and every stored event, so that a dump explains itself.
 *
 * @param id UUIDv7 of an event; UUIDv5 of (causing event, index) for a command, stable when it is sent again
 * @param type wire name, such as {@code scheduler.LinodeBooted}
 * @param version version of {@code data}'s shape
 * @param aggregateId whose event it is, or which aggregate a command addresses, such as {@code linode:123}
 * @param sequence events only: per aggregate, from 0, without gaps
 * @param cause commands only: the number that makes delivery idempotent
 * @param accountId the tenant it concerns, where there is one
 * @param ownerEpoch who may run the Linode, where it applies
 * @param hostEpoch the registration of the host, where it applies
 * @param commandId events only: the command that was decided
 * @param notAfter commands only: latest moment to act on it
 * @param occurredAt set by the shell, never by a decision
 * @param correlationId id of the first request of the chain
 * @param causationId id of the message that caused this one
 * @param actor who acted
 * @param reason one line of free text
 * @param data the record, as JSON tree ({@code D} is the JSON library's node type or the record itself)
 */
public record Envelope<D>(
        UUID id,
        String type,
        int version,
        String aggregateId,
        @Nullable Long sequence,
        @Nullable Cause cause,
        @Nullable Long accountId,
        @Nullable Long ownerEpoch,
        @Nullable Long hostEpoch,
        @Nullable UUID commandId,
        @Nullable Instant notAfter,
        Instant occurredAt,
        UUID correlationId,
        @Nullable UUID causationId,
        Actor actor,
        @Nullable String reason,
        D data) {

    /** The same envelope around other data (decoded, upcast). */
    public <T> Envelope<T> withData(T other) {
        return with(other, occurredAt);
    }

    /** The same envelope, told at another time: that of its hearing where its sender's clock is not to be trusted. */
    public Envelope<D> heardAt(Instant time) {
        return with(data, time);
    }

    private <T> Envelope<T> with(T other, Instant time) {
        return new Envelope<>(
                id,
                type,
                version,
                aggregateId,
                sequence,
                cause,
                accountId,
                ownerEpoch,
                hostEpoch,
                commandId,
                notAfter,
                time,
                correlationId,
                causationId,
                actor,
                reason,
                other);
    }
}

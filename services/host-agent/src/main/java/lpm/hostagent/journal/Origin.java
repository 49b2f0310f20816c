package lpm.hostagent.journal;

import java.util.UUID;
import lpm.contracts.Envelope;
import org.jspecify.annotations.Nullable;

/** What a fact follows from: the order and the chain it belongs to; the agent itself where there is none. */
public record Origin(
        @Nullable UUID commandId,
        @Nullable UUID correlationId,
        @Nullable Long accountId) {
    /** Observed without an order. */
    public static final Origin ITSELF = new Origin(null, null, null);

    public static Origin of(Envelope<?> command) {
        return new Origin(command.id(), command.correlationId(), command.accountId());
    }
}

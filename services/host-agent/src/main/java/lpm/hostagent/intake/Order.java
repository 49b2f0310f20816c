package lpm.hostagent.intake;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import lpm.contracts.Cause;
import lpm.contracts.Envelope;
import lpm.contracts.host.HostCommand;
import lpm.hostagent.steps.StepRun;
import org.jspecify.annotations.Nullable;

/** One record of the command topic on its way through the agent. */
final class Order {
    final long offset;
    final Envelope<?> envelope;
    final Instant heardAt;
    /** Nobody answered: not before then is it tried again. */
    Instant retryAt = Instant.MIN;
    /** Its steps, while they are being taken. */
    @Nullable
    StepRun run;
    /** Its steps were refused; what is being done now only cleans up and says so. */
    boolean failing;

    Order(long offset, Envelope<?> envelope, Instant heardAt) {
        this.offset = offset;
        this.envelope = envelope;
        this.heardAt = heardAt;
    }

    /** The command, unless it is of a type or version that this agent does not know. */
    Optional<HostCommand> command() {
        return envelope.data() instanceof HostCommand command ? Optional.of(command) : Optional.empty();
    }

    /** Orders that share a lane run one after another: those for one subject, and those of one cause. */
    Set<String> lanes() {
        Cause cause = envelope.cause();
        return cause == null
                ? Set.of(envelope.aggregateId())
                : Set.of(envelope.aggregateId(), "cause " + cause.stream());
    }
}

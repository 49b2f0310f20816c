package lpm.platform;

import java.time.Duration;
import java.util.Optional;
import lpm.contracts.Command;

/** One thing that follows from an event. */
public sealed interface Reaction {
    /**
     * Send a command: to another service or host by Kafka, or inside this service. At most 64 per event.
     *
     * @param validFor how long after the event the receiver may still act on it
     */
    record Send(Command command, Optional<Duration> validFor, Optional<String> reason) implements Reaction {}

    /** Send a command of this service to itself, {@code after} the event occurred. A timeout is a question. */
    record Remind(Duration after, Command command) implements Reaction {}

    static Reaction send(Command command) {
        return new Send(command, Optional.empty(), Optional.empty());
    }

    static Reaction send(Command command, Duration validFor) {
        return new Send(command, Optional.of(validFor), Optional.empty());
    }

    static Reaction remind(Duration after, Command command) {
        return new Remind(after, command);
    }
}

package lpm.platform;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.Envelope;

/** Translates what others say (events, and commands addressed to this service) into this feature's own commands. */
@FunctionalInterface
public interface Inbox {
    /** The own commands that follow from a foreign message; none for what does not concern this feature. */
    List<Command> translate(Envelope<?> message);

    /** For features that listen to nobody. */
    static Inbox none() {
        return _ -> List.of();
    }
}

package lpm.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.Envelope;

/**
 * Hears soft state (telemetry) and looks at it from time to time. What it remembers is lost with the process: it must
 * take its own start for silence of nobody.
 */
public interface Watcher {
    /** Time between two looks. */
    Duration interval();

    void hear(Envelope<?> telemetry);

    /** The commands that follow from what was heard until now. */
    List<Command> look(Instant now, Lookup rows);
}

package lpm.hostagent.probe;

import java.util.List;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/**
 * Measures from the target how long the guest of a migration does not answer. A probe never fails a migration: where it
 * cannot measure it has nothing to tell. Its calls come from several threads and end at once.
 */
public interface PauseProbe {
    /** Begins to look at the guest, which still runs at the source. */
    void begin(MigrationId migration, LinodeId linode, List<String> addresses);

    /** The copy here is being resumed now: the guest stands still until its next answer. */
    void switchingOver(MigrationId migration);

    /** The measurement, once the guest has answered again for a while; ends nothing. */
    Optional<Measured> measured(MigrationId migration);

    /** Looks no longer; nothing of the probe is left behind. Nothing happens where none was begun. */
    void end(MigrationId migration);

    /**
     * What was measured.
     *
     * @param by what measured it, such as {@code ping}
     */
    record Measured(long pauseMillis, String by) {}
}

package lpm.contracts.migration;

import lpm.contracts.AccountId;
import lpm.contracts.BootSpec;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/** Orders to migration, on {@code lpm.migration.commands}. */
public sealed interface MigrationCommand extends Command {
    MigrationId migration();

    @Override
    default String aggregateId() {
        return migration().aggregateId();
    }

    /**
     * scheduler: move the Linode. Capacity is held at both hosts until Completed, Aborted or Lost.
     *
     * @param ownerEpoch the source's epoch n
     * @param nextEpoch the target's epoch n+1, used by nobody else
     * @param maxPauseMillis refuse when the predicted pause is longer
     */
    record StartMigration(
            MigrationId migration,
            LinodeId linode,
            AccountId account,
            Mode mode,
            HostRef source,
            HostRef target,
            long ownerEpoch,
            long nextEpoch,
            BootSpec spec,
            long maxPauseMillis)
            implements MigrationCommand {}

    /** scheduler: give up while that is still possible (before the hand-over window). */
    record CancelMigration(MigrationId migration, String reason) implements MigrationCommand {}

    /** How a Linode moves. */
    enum Mode {
        /** Runs on while its memory is copied. */
        live,
        /** Is shut down, moved, and booted at the target. */
        cold
    }
}

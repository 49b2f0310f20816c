package lpm.migration.live;

import lpm.contracts.AccountId;
import lpm.contracts.BootSpec;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.migration.MigrationCommand.Mode;

/**
 * What the scheduler ordered; it never changes during the attempt.
 *
 * @param ownerEpoch the source's epoch n
 * @param nextEpoch the target's epoch n+1, used by nobody else
 */
record Terms(
        MigrationId migration,
        LinodeId linode,
        AccountId account,
        Mode mode,
        HostRef source,
        HostRef target,
        long ownerEpoch,
        long nextEpoch,
        BootSpec spec,
        long maxPauseMillis) {

    boolean cold() {
        return mode == Mode.cold;
    }

    /** The source in the registration the Linode was placed under, or in a newer one. */
    boolean isSource(HostRef by) {
        return by.host().equals(source.host()) && by.hostEpoch() >= source.hostEpoch();
    }

    boolean isTarget(HostRef by) {
        return by.equals(target);
    }
}

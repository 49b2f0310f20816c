package lpm.contracts.host;

import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.Event;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.Resources;

/**
 * Facts that one host's agent observed, on {@code lpm.host.events.<host>}. Aggregate id {@code
 * report:<host>/<incarnation>}, sequence from the agent's journal. Believed only under the newest hostEpoch.
 */
public sealed interface HostReport extends Event {
    /** The reporting host in the registration it knows; epoch 0 before it has one. */
    HostRef by();

    // --- registration -------------------------------------------------------------------------------------------

    /** A host is there under a new incarnation (power-on, new journal, or after a fence) and asks for an epoch. */
    record HostAnnounced(
            HostRef by,
            String incarnation,
            Region region,
            Resources capacity,
            List<PoolId> pools,
            String hypervisor,
            String cpuModel,
            String migrationUri,
            String publicKey)
            implements HostReport {
        public HostAnnounced {
            pools = List.copyOf(pools);
        }
    }

    /** Everything the hypervisor shows; {@code complete} means that what is not listed is not there. */
    record InventoryReported(HostRef by, String incarnation, boolean complete, List<DomainSeen> domains)
            implements HostReport {
        public InventoryReported {
            domains = List.copyOf(domains);
        }
    }

    // --- a Linode's life ----------------------------------------------------------------------------------------

    /** The Linode runs here. */
    record LinodeBootObserved(HostRef by, LinodeId linode, long ownerEpoch, long generation) implements HostReport {}

    /** The Linode could not be started; nothing of it runs here. */
    record LinodeBootFailed(HostRef by, LinodeId linode, long ownerEpoch, long generation, String reason)
            implements HostReport {}

    /** The Linode was restarted and runs here. */
    record LinodeRebootObserved(HostRef by, LinodeId linode, long ownerEpoch, long generation) implements HostReport {}

    /** The Linode does not run here any more. */
    record LinodeStopObserved(HostRef by, LinodeId linode, long ownerEpoch, Cause cause) implements HostReport {
        /** Why it stopped. */
        public enum Cause {
            requested,
            guest,
            crash
        }
    }

    /** Nothing of the Linode is on this host any more. */
    record LinodeDestroyed(HostRef by, LinodeId linode, long ownerEpoch) implements HostReport {}

    /** The device is plugged in. */
    record DeviceAttached(HostRef by, LinodeId linode, long ownerEpoch, BlockDevice device) implements HostReport {}

    /** The device is unplugged and its write lock given up. */
    record DeviceDetached(HostRef by, LinodeId linode, long ownerEpoch, BlockDevice device) implements HostReport {}

    /** The device could not be plugged in or out; nothing changed. */
    record DeviceRefused(HostRef by, LinodeId linode, long ownerEpoch, BlockDevice device, String reason)
            implements HostReport {}

    /** The sealed secret is kept on the host; its sender keeps it until the disk is whole: this host may be lost. */
    record SecretReceived(HostRef by, LinodeId linode, String secretRef) implements HostReport {}

    // --- bytes --------------------------------------------------------------------------------------------------

    /**
     * The disk's bytes are in the pool, image and file system written.
     *
     * @param leftOut what of its root password and keys the image has no place for, and why
     */
    record DiskCreated(HostRef by, LinodeId linode, DiskId disk, PoolId pool, long sizeMib, Optional<String> leftOut)
            implements HostReport {}

    /** The disk's bytes could not be made; nothing is left of them. */
    record DiskFailed(HostRef by, LinodeId linode, DiskId disk, String reason) implements HostReport {}

    /** The volume's bytes are in the pool. */
    record VolumeBytesCreated(HostRef by, BlockDevice device) implements HostReport {}

    /** The volume's bytes could not be made; nothing is left of them. */
    record VolumeBytesFailed(HostRef by, BlockDevice device, String reason) implements HostReport {}

    /** The bytes have the new size. */
    record BytesResized(HostRef by, BlockDevice device, long newSizeMib) implements HostReport {}

    /** The bytes could not be resized and are as before. */
    record BytesResizeFailed(HostRef by, BlockDevice device, String reason) implements HostReport {}

    /** The bytes were scrubbed and are gone. */
    record BytesDeleted(HostRef by, BlockDevice device) implements HostReport {}

    /** No owner below this epoch can write to the devices any more. */
    record LocksTaken(HostRef by, LinodeId linode, long ownerEpoch) implements HostReport {}

    /** The pool refuses the revoked host from now on; {@code unrenewedForMillis} is the age of its last renewal. */
    record LeaseRevoked(HostRef by, PoolId pool, HostRef revoked, long unrenewedForMillis) implements HostReport {}

    /** The lease was renewed too recently to be revoked; nothing was changed. */
    record LeaseFresh(HostRef by, PoolId pool, HostRef revoked, long unrenewedForMillis) implements HostReport {}

    // --- live migration -----------------------------------------------------------------------------------------

    /** The devices can be reached from this host. */
    record DevicesConnected(HostRef by, MigrationId migration, LinodeId linode) implements HostReport {}

    /** The devices cannot be reached from this host. */
    record DevicesRefused(HostRef by, MigrationId migration, LinodeId linode, String reason) implements HostReport {}

    /** The target waits for the Linode at this address. */
    record IncomingReady(HostRef by, MigrationId migration, LinodeId linode, String uri) implements HostReport {}

    /** The target cannot take the Linode. */
    record IncomingRefused(HostRef by, MigrationId migration, LinodeId linode, String reason) implements HostReport {}

    /** Nothing of this migration's copy is on the target any more. */
    record IncomingCancelled(HostRef by, MigrationId migration, LinodeId linode) implements HostReport {}

    /** The copy has begun; the guest runs on at the source. Predicted: the guest's pause and the whole copy. */
    record SendStarted(
            HostRef by,
            MigrationId migration,
            LinodeId linode,
            long predictedPauseMillis,
            Optional<Long> predictedTotalMillis)
            implements HostReport {}

    /** The target holds the complete Linode, paused. Says nothing about the source. */
    record LinodeReceived(HostRef by, MigrationId migration, LinodeId linode) implements HostReport {}

    /** The source's migrate call returned success and the source copy is destroyed: the only word that commits. */
    record SourceReleased(HostRef by, MigrationId migration, LinodeId linode, long hypervisorPauseMillis)
            implements HostReport {}

    /** The migrate call failed or was cancelled; {@code seen} is what the source showed afterwards. */
    record SendFailed(HostRef by, MigrationId migration, LinodeId linode, DomainSeen seen, String reason)
            implements HostReport {}

    /** The target runs the Linode at its new owner epoch; {@code pausedMillis} is the whole pause. */
    record LinodeResumed(HostRef by, MigrationId migration, LinodeId linode, long ownerEpoch, long pausedMillis)
            implements HostReport {}

    /**
     * The guest answers again after its move: how long it had not, as seen from outside. Told only where that was
     * measured, after LinodeResumed.
     *
     * @param probe what measured it, such as {@code ping}
     */
    record GuestPauseMeasured(HostRef by, MigrationId migration, LinodeId linode, long guestPauseMillis, String probe)
            implements HostReport {}

    /** The answer to "what do you see?". */
    record LinodeDescribed(HostRef by, Optional<MigrationId> migration, DomainSeen seen) implements HostReport {}

    // --- refusals -----------------------------------------------------------------------------------------------

    /** An order was not carried out: stale epoch, expired, unknown version. */
    record CommandRefused(HostRef by, String commandType, String subject, String reason) implements HostReport {}
}

package lpm.scheduler.linode;

import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.Command;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.Region;
import lpm.contracts.VolumeId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.scheduler.ConfigProfile;
import lpm.contracts.scheduler.DiskChange;
import lpm.contracts.scheduler.LinodeDetails;
import lpm.contracts.scheduler.LinodeSizing;

/** What may be asked of a Linode, or noted about it. {@code by} is the host whose word it is. */
public sealed interface LinodeCommand extends Command {
    LinodeId linode();

    @Override
    default String aggregateId() {
        return linode().aggregateId();
    }

    // Each group is decided in a file of its own.

    sealed interface Power extends LinodeCommand {}

    sealed interface Question extends LinodeCommand {}

    sealed interface Change extends LinodeCommand {}

    sealed interface Disk extends LinodeCommand {}

    sealed interface Placing extends LinodeCommand {}

    sealed interface Move extends LinodeCommand {}

    sealed interface Device extends LinodeCommand {}

    sealed interface Deletion extends LinodeCommand {}

    /** A customer orders a new one. */
    record CreateLinode(
            LinodeId linode,
            AccountId account,
            Region region,
            LinodeDetails details,
            LinodeSizing sizing,
            Optional<String> image,
            List<DiskSpec> disks,
            Optional<ConfigProfile> config,
            boolean booted,
            String mac,
            List<String> ipv4,
            String ipv6,
            Optional<String> secretRef)
            implements Change {
        public CreateLinode {
            disks = List.copyOf(disks);
            ipv4 = List.copyOf(ipv4);
        }

        /** The same with this address. */
        CreateLinode at(String ip) {
            return new CreateLinode(
                    linode,
                    account,
                    region,
                    details,
                    sizing,
                    image,
                    disks,
                    config,
                    booted,
                    mac,
                    List.of(ip),
                    ipv6,
                    secretRef);
        }
    }

    /** A customer changes label, tags and the like. */
    record UpdateLinode(LinodeId linode, LinodeDetails details) implements Change {}

    record Boot(LinodeId linode) implements Power {}

    record Reboot(LinodeId linode) implements Power {}

    record Shutdown(LinodeId linode) implements Power {}

    /** The account may not write any more: stops what runs; says nothing where it cannot. */
    record StopForSuspension(LinodeId linode) implements Power {}

    /** Another type. The caller holds the larger capacity in the same unit; a running Linode is shut down for it. */
    record Resize(LinodeId linode, HostRef at, LinodeSizing to, boolean growDisk) implements Change {}

    record Rebuild(
            LinodeId linode,
            String image,
            List<DiskSpec> disks,
            ConfigProfile config,
            boolean booted,
            Optional<String> secretRef)
            implements Change {
        public Rebuild {
            disks = List.copyOf(disks);
        }
    }

    /** One disk of an offline Linode; {@code disk.sizeMib} is the wanted size. */
    record ChangeDisk(LinodeId linode, DiskChange change, DiskSpec disk) implements Disk {}

    record Delete(LinodeId linode) implements Deletion {}

    // --- from placement, moves and recovery ---------------------------------------------------------------------

    /** A host holds the capacity for a new Linode. */
    record AssignHost(LinodeId linode, HostRef at, String decision) implements Placing {}

    /** A host holds the capacity for a lost Linode. */
    record AssignRecoveryHost(LinodeId linode, HostRef at, String decision) implements Placing {}

    record NotePlacementFailed(LinodeId linode, String reason) implements Placing {}

    /** It is time to look for a host again. */
    record RetryPlacement(LinodeId linode, long ownerEpoch) implements Placing {}

    /** Move to a host that holds the capacity. An offline Linode gets its new host at once, without a migration. */
    record RequestMove(
            LinodeId linode, MigrationId migration, HostRef target, Mode mode, String because, long maxPauseMillis)
            implements Move {}

    /** No host can take it: whoever asked for the move hears this reason. */
    record RefuseMove(LinodeId linode, String reason) implements Move {}

    /** A registration of a host is out: fenced, or known to be over. */
    record NoteHostLost(LinodeId linode, HostRef lost, boolean fenced) implements Placing {}

    /** A host is there again under this epoch; what ran under an older one runs no more. */
    record NoteHostRegistered(LinodeId linode, HostRef now) implements Placing {}

    record NoteMoved(LinodeId linode, MigrationId migration, HostRef target, long ownerEpoch) implements Move {}

    record NoteMoveAborted(LinodeId linode, MigrationId migration, boolean sourceFenced, String reason)
            implements Move {}

    record NoteMoveLost(LinodeId linode, MigrationId migration, String reason) implements Move {}

    // --- what hosts report --------------------------------------------------------------------------------------

    record NoteBooted(LinodeId linode, HostRef by, long ownerEpoch, long generation) implements Power {}

    record NoteBootFailed(LinodeId linode, HostRef by, long ownerEpoch, long generation, String reason)
            implements Power {}

    record NoteRebooted(LinodeId linode, HostRef by, long ownerEpoch, long generation) implements Power {}

    /** {@code cause} is requested, guest or crash. */
    record NoteStopped(LinodeId linode, HostRef by, long ownerEpoch, String cause) implements Power {}

    record NoteDestroyed(LinodeId linode, HostRef by, long ownerEpoch) implements Deletion {}

    /** What a host sees. {@code answered}: it was asked, so every earlier order has had its turn. */
    record NoteSeen(LinodeId linode, HostRef by, DomainSeen seen, boolean answered) implements Question {}

    record NoteOrderRefused(LinodeId linode, HostRef by, String order, String reason) implements Question {}

    /** Asks the host when the step that began with this event number is still open. */
    record AskHost(LinodeId linode, long since, int attempt) implements Question {}

    // --- disks and volumes --------------------------------------------------------------------------------------

    /** A host was asked to make a disk that this secret goes into. */
    record SendSecret(LinodeId linode, HostRef at, String secretRef) implements Disk {}

    record NoteDisksProvisioned(LinodeId linode, List<BlockDevice> devices) implements Disk {
        public NoteDisksProvisioned {
            devices = List.copyOf(devices);
        }
    }

    record NoteDisksRefused(LinodeId linode, List<DiskId> disks, String reason) implements Disk {
        public NoteDisksRefused {
            disks = List.copyOf(disks);
        }
    }

    record NoteDiskResized(LinodeId linode, DiskId disk, long newSizeMib) implements Disk {}

    record NoteDiskResizeRefused(LinodeId linode, DiskId disk, String reason) implements Disk {}

    record NoteDisksDeleted(LinodeId linode, List<DiskId> disks) implements Disk {
        public NoteDisksDeleted {
            disks = List.copyOf(disks);
        }
    }

    record NoteDisksTakenOver(LinodeId linode, long ownerEpoch) implements Placing {}

    /** Storage wants a volume here; the slot is chosen by the decision. */
    record AttachVolume(LinodeId linode, AccountId account, VolumeId volume, BlockDevice device) implements Device {}

    record DetachVolume(LinodeId linode, VolumeId volume, BlockDevice device) implements Device {}

    record NoteDeviceAttached(LinodeId linode, HostRef by, long ownerEpoch, BlockDevice device) implements Device {}

    record NoteDeviceDetached(LinodeId linode, HostRef by, long ownerEpoch, BlockDevice device) implements Device {}

    record NoteDeviceRefused(LinodeId linode, HostRef by, long ownerEpoch, BlockDevice device, String reason)
            implements Device {}
}

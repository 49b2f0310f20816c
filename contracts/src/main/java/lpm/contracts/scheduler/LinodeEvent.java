package lpm.contracts.scheduler;

import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.Event;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.VolumeId;
import lpm.contracts.migration.MigrationCommand.Mode;

/**
 * The Linode, and where it runs; aggregate {@code linode:<id>}. Owner epochs are issued here alone and none is used
 * twice.
 * The interfaces group the events by what they are about.
 */
public sealed interface LinodeEvent extends Event {
    LinodeId linode();

    sealed interface Placing extends LinodeEvent {}

    sealed interface Power extends LinodeEvent {}

    sealed interface Change extends LinodeEvent {}

    sealed interface Device extends LinodeEvent {}

    sealed interface Move extends LinodeEvent {}

    sealed interface Deletion extends LinodeEvent {}

    /** A Linode was ordered; label, address and quota are taken. */
    record LinodeCreated(
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
            implements Placing {
        public LinodeCreated {
            disks = List.copyOf(disks);
            ipv4 = List.copyOf(ipv4);
        }
    }

    /** It has a host, and memory is held there. {@code decision} names the stored placement decision. */
    record LinodePlaced(
            LinodeId linode,
            AccountId account,
            Region region,
            HostRef at,
            long ownerEpoch,
            String decision,
            List<DiskSpec> disksToProvision)
            implements Placing {
        public LinodePlaced {
            disksToProvision = List.copyOf(disksToProvision);
        }
    }

    /** No host can take it: it goes back to offline (or stays unplaced) with the reasons. */
    record LinodePlacementFailed(LinodeId linode, AccountId account, String reason) implements Placing {}

    /** Its disks are there. */
    record LinodeDisksReady(LinodeId linode, List<BlockDevice> devices) implements Placing {
        public LinodeDisksReady {
            devices = List.copyOf(devices);
        }
    }

    /** Its disks could not be made. */
    record LinodeDisksFailed(LinodeId linode, String reason) implements Placing {}

    /** Label, tags or the like changed. */
    record LinodeUpdated(LinodeId linode, LinodeDetails details) implements Change {}

    /** Booting begins at its host. */
    record LinodeBootRequested(LinodeId linode, HostRef at, long ownerEpoch, BootSpec spec, boolean afterHostLoss)
            implements Power {}

    /** It runs. */
    record LinodeBooted(LinodeId linode, HostRef at, long ownerEpoch, long generation) implements Power {}

    /** It could not be started and is off. */
    record LinodeBootRefused(LinodeId linode, String reason) implements Power {}

    /** Shutting down begins. */
    record LinodeShutdownRequested(LinodeId linode, HostRef at, long ownerEpoch, int graceSeconds) implements Power {}

    /** It is off, because it was asked to be, or by itself ({@code requested} false). */
    record LinodeStopped(LinodeId linode, boolean requested, String cause) implements Power {}

    /** Rebooting begins. */
    record LinodeRebootRequested(LinodeId linode, HostRef at, long ownerEpoch, BootSpec spec, int graceSeconds)
            implements Power {}

    /** It runs again after a reboot. */
    record LinodeRebooted(LinodeId linode, HostRef at, long ownerEpoch, long generation) implements Power {}

    /** A step took too long: the host is asked what it sees. A timeout is a question. */
    record LinodeQueried(LinodeId linode, HostRef at, long ownerEpoch, String because, int attempt) implements Power {}

    /** Another type was ordered for an offline Linode; room for it is held at {@code at}. */
    record LinodeResizeRequested(
            LinodeId linode,
            HostRef at,
            LinodeSizing from,
            LinodeSizing to,
            Optional<BlockDevice> diskToGrow,
            long newDiskMib,
            boolean bootAfterwards)
            implements Change {}

    /** It has the new type. */
    record LinodeResized(LinodeId linode, HostRef at, LinodeSizing from, LinodeSizing to) implements Change {}

    /** It keeps its type. */
    record LinodeResizeRefused(LinodeId linode, HostRef at, LinodeSizing kept, LinodeSizing refused, String reason)
            implements Change {}

    /** New disks from an image replace the old ones. */
    record LinodeRebuildRequested(
            LinodeId linode,
            AccountId account,
            Region region,
            HostRef at,
            long ownerEpoch,
            boolean running,
            String image,
            List<BlockDevice> oldDisks,
            List<DiskSpec> disks,
            ConfigProfile config,
            boolean booted,
            Optional<String> secretRef)
            implements Change {
        public LinodeRebuildRequested {
            oldDisks = List.copyOf(oldDisks);
            disks = List.copyOf(disks);
        }
    }

    /** The Linode is off, its old disks may go and the new ones be made. */
    record LinodeRebuildStarted(
            LinodeId linode,
            AccountId account,
            Region region,
            HostRef at,
            List<BlockDevice> oldDisks,
            List<DiskSpec> disks)
            implements Change {
        public LinodeRebuildStarted {
            oldDisks = List.copyOf(oldDisks);
            disks = List.copyOf(disks);
        }
    }

    /** The new disks are there. */
    record LinodeRebuilt(LinodeId linode, String image, List<BlockDevice> devices) implements Change {
        public LinodeRebuilt {
            devices = List.copyOf(devices);
        }
    }

    /** It got, or lost, an address. */
    record LinodeAddressesChanged(LinodeId linode, List<String> ipv4) implements Change {
        public LinodeAddressesChanged {
            ipv4 = List.copyOf(ipv4);
        }
    }

    /** A disk of an offline Linode is to be made, deleted, or resized (to the size in {@code disk}). */
    record LinodeDiskChangeRequested(
            LinodeId linode, AccountId account, Region region, HostRef at, DiskChange change, DiskSpec disk)
            implements Device {}

    /** The disk is made, deleted, or has its new size. */
    record LinodeDiskChanged(LinodeId linode, DiskChange change, BlockDevice device) implements Device {}

    /** The disk stays what it was. */
    record LinodeDiskRefused(LinodeId linode, DiskChange change, DiskId disk, String reason) implements Device {}

    /** A host was asked to make a disk that this secret goes into: it is sent there, sealed to that host's key. */
    record LinodeSecretWanted(LinodeId linode, HostRef at, String secretRef) implements Device {}

    /** Attaching or detaching a volume waits for the running job. */
    record LinodeDeviceQueued(LinodeId linode, BlockDevice device, boolean attach) implements Device {}

    /** A volume takes a slot; the host plugs it in where the Linode runs. */
    record LinodeDeviceAttachRequested(LinodeId linode, HostRef at, long ownerEpoch, BlockDevice device)
            implements Device {}

    /** The volume is at the Linode: plugged in, or waiting for the next boot of an offline one. */
    record LinodeDeviceAttached(LinodeId linode, VolumeId volume, BlockDevice device) implements Device {}

    /** The volume is not at the Linode (or, refused to detach, stays). {@code attach} tells what was wanted. */
    record LinodeDeviceRefused(LinodeId linode, VolumeId volume, boolean attach, String reason) implements Device {}

    /** The host unplugs it. */
    record LinodeDeviceDetachRequested(LinodeId linode, HostRef at, long ownerEpoch, BlockDevice device)
            implements Device {}

    /** The volume is off the Linode. */
    record LinodeDeviceDetached(LinodeId linode, VolumeId volume) implements Device {}

    /** A move begins; memory is held at the target. n and n+1 are used for nothing else. */
    record LinodeMoveRequested(
            LinodeId linode,
            AccountId account,
            MigrationId migration,
            Mode mode,
            HostRef source,
            HostRef target,
            long ownerEpoch,
            long nextEpoch,
            BootSpec spec,
            long maxPauseMillis,
            String because)
            implements Move {}

    /** It runs at the target; the source's memory is free. */
    record LinodeMoved(
            LinodeId linode,
            MigrationId migration,
            HostRef source,
            HostRef target,
            long ownerEpoch,
            Resources resources)
            implements Move {}

    /** It stays at the source; the target's memory is free. */
    record LinodeMoveAborted(LinodeId linode, MigrationId migration, HostRef source, HostRef target, String reason)
            implements Move {}

    /** An offline Linode has another host from now on, without any work on hosts. */
    record LinodeReplaced(
            LinodeId linode, HostRef source, HostRef target, long ownerEpoch, Resources resources, String because)
            implements Move {}

    /** A host that an open migration may end at is out; remembered until the outcome is known. */
    record LinodeHostGone(LinodeId linode, HostRef gone, boolean fenced) implements Placing {}

    /** Its host is fenced or came back as another registration: it runs nowhere, and gets a new host and epoch. */
    record LinodeLost(
            LinodeId linode,
            AccountId account,
            Region region,
            HostRef lostAt,
            long ownerEpoch,
            Resources resources,
            List<BlockDevice> devices,
            boolean wasRunning,
            String because)
            implements Placing {
        public LinodeLost {
            devices = List.copyOf(devices);
        }
    }

    /** Recovery found a host; storage takes the disks' locks for the new epoch. */
    record LinodeRecoveryPlaced(
            LinodeId linode, HostRef from, HostRef at, long ownerEpoch, List<BlockDevice> devices, String decision)
            implements Placing {
        public LinodeRecoveryPlaced {
            devices = List.copyOf(devices);
        }
    }

    /** Deleting was accepted; further jobs are refused. */
    record LinodeDeletionRequested(LinodeId linode, AccountId account, Optional<MigrationId> openMigration)
            implements Deletion {}

    /** The host destroys what runs. */
    record LinodeDestroyRequested(LinodeId linode, HostRef at, long ownerEpoch) implements Deletion {}

    /** Nothing runs any more; volumes are off, disks are being scrubbed. */
    record LinodeTornDown(LinodeId linode, HostRef at, List<DiskId> disks, List<VolumeId> volumes) implements Deletion {
        public LinodeTornDown {
            disks = List.copyOf(disks);
            volumes = List.copyOf(volumes);
        }
    }

    /** Gone: capacity, addresses, label and quota are free. */
    record LinodeDeleted(LinodeId linode, AccountId account, Optional<HostRef> at, String label, List<String> ipv4)
            implements Deletion {
        public LinodeDeleted {
            ipv4 = List.copyOf(ipv4);
        }
    }
}

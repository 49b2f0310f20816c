package lpm.contracts.storage;

import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.Event;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.VolumeId;

/** A detachable volume; aggregate {@code volume:<id>}. */
public sealed interface VolumeEvent extends Event {
    VolumeId volume();

    /** A volume was ordered; its bytes are made by the named host. It goes to {@code attachTo} when they are there. */
    record VolumeCreated(
            VolumeId volume,
            AccountId account,
            String label,
            Region region,
            long sizeGib,
            PoolId pool,
            HostRef at,
            List<String> tags,
            Optional<VolumeId> cloneOf,
            Optional<LinodeId> attachTo)
            implements VolumeEvent {
        public VolumeCreated {
            tags = List.copyOf(tags);
        }
    }

    /** What is done to a volume's bytes. */
    enum Work {
        create,
        resize,
        delete
    }

    /** A host is told to do the pending work on the bytes; told again, perhaps another host, while no answer comes. */
    record VolumeWorkOrdered(
            VolumeId volume, HostRef at, Work work, BlockDevice device, long newSizeMib, Optional<BlockDevice> cloneOf)
            implements VolumeEvent {}

    /** Its bytes are there: active. */
    record VolumeReady(VolumeId volume) implements VolumeEvent {}

    /** Its bytes could not be made; label and quota are free again. */
    record VolumeCreateFailed(VolumeId volume, AccountId account, String label, long sizeGib, String reason)
            implements VolumeEvent {}

    /** Label or tags changed. */
    record VolumeUpdated(VolumeId volume, AccountId account, String label, List<String> tags) implements VolumeEvent {
        public VolumeUpdated {
            tags = List.copyOf(tags);
        }
    }

    /** A customer wants it at a Linode; the scheduler answers with LinodeDeviceAttached or LinodeDeviceRefused. */
    record VolumeAttachRequested(
            VolumeId volume, AccountId account, LinodeId linode, BlockDevice device, boolean persistAcrossBoots)
            implements VolumeEvent {}

    /** It is at the Linode. */
    record VolumeAttached(VolumeId volume, LinodeId linode, String slot) implements VolumeEvent {}

    /** It is not at the Linode, and never was. */
    record VolumeAttachFailed(VolumeId volume, LinodeId linode, String reason) implements VolumeEvent {}

    /** A customer wants it off its Linode; the scheduler answers with LinodeDeviceDetached or LinodeDeviceRefused. */
    record VolumeDetachRequested(VolumeId volume, AccountId account, LinodeId linode, BlockDevice device)
            implements VolumeEvent {}

    /** It is off its Linode: confirmed by the host, or the Linode was off or deleted. */
    record VolumeDetached(VolumeId volume, LinodeId linode) implements VolumeEvent {}

    /** It stays at its Linode. */
    record VolumeDetachFailed(VolumeId volume, LinodeId linode, String reason) implements VolumeEvent {}

    /** More room was ordered. */
    record VolumeResizeRequested(VolumeId volume, AccountId account, HostRef at, BlockDevice device, long newSizeGib)
            implements VolumeEvent {}

    /** It has the new size. */
    record VolumeResized(VolumeId volume, long newSizeGib) implements VolumeEvent {}

    /** It keeps its old size. */
    record VolumeResizeFailed(VolumeId volume, AccountId account, long sizeGib, long refusedSizeGib, String reason)
            implements VolumeEvent {}

    /** Scrubbing and deletion were ordered. */
    record VolumeDeletionRequested(VolumeId volume, AccountId account, HostRef at, BlockDevice device)
            implements VolumeEvent {}

    /** A move of its Linode holds it: it is neither resized nor deleted until that ends. */
    record VolumeHeld(VolumeId volume, MigrationId migration) implements VolumeEvent {}

    /** The move no longer holds it. */
    record VolumeReleased(VolumeId volume, MigrationId migration) implements VolumeEvent {}

    /** Scrubbed and gone; label and quota are free. */
    record VolumeDeleted(VolumeId volume, AccountId account, String label, long sizeGib) implements VolumeEvent {}
}

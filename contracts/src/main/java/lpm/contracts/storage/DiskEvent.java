package lpm.contracts.storage;

import java.util.List;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.Event;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;

/** The bytes of one Linode's own disks; aggregate {@code disks:<linode>}. */
public sealed interface DiskEvent extends Event {
    LinodeId linode();

    /** Disks were ordered at a host, in a pool it reaches. */
    record DisksRequested(LinodeId linode, AccountId account, HostRef at, PoolId pool, List<DiskSpec> disks)
            implements DiskEvent {
        public DisksRequested {
            disks = List.copyOf(disks);
        }
    }

    /** One disk's bytes are there. */
    record DiskProvisioned(LinodeId linode, DiskId disk, PoolId pool, long sizeMib) implements DiskEvent {}

    /** All ordered disks are there. {@code devices} name the bytes; slots are the scheduler's business. */
    record DisksProvisioned(LinodeId linode, List<BlockDevice> devices) implements DiskEvent {
        public DisksProvisioned {
            devices = List.copyOf(devices);
        }
    }

    /** The disks cannot be made; what was made of them is being deleted. */
    record DisksRefused(LinodeId linode, List<DiskId> disks, String reason) implements DiskEvent {
        public DisksRefused {
            disks = List.copyOf(disks);
        }
    }

    /** A new size was ordered. */
    record DiskResizeRequested(LinodeId linode, HostRef at, DiskId disk, PoolId pool, long sizeMib, long newSizeMib)
            implements DiskEvent {}

    /** The disk has its new size. */
    record DiskResized(LinodeId linode, DiskId disk, long newSizeMib) implements DiskEvent {}

    /** The disk keeps its size. */
    record DiskResizeRefused(LinodeId linode, DiskId disk, String reason) implements DiskEvent {}

    /** Scrubbing and deletion were ordered. */
    record DisksDeletionRequested(LinodeId linode, HostRef at, List<BlockDevice> devices) implements DiskEvent {
        public DisksDeletionRequested {
            devices = List.copyOf(devices);
        }
    }

    /** One disk was scrubbed and is gone. */
    record DiskScrubbed(LinodeId linode, DiskId disk) implements DiskEvent {}

    /** All disks whose deletion was ordered are gone. */
    record DisksDeleted(LinodeId linode, List<DiskId> disks) implements DiskEvent {
        public DisksDeleted {
            disks = List.copyOf(disks);
        }
    }

    /** Recovery asked for the write locks. */
    record DisksTakeOverRequested(LinodeId linode, HostRef to, long ownerEpoch, List<BlockDevice> devices)
            implements DiskEvent {
        public DisksTakeOverRequested {
            devices = List.copyOf(devices);
        }
    }

    /** No owner below this epoch can write any more. */
    record DisksTakenOver(LinodeId linode, long ownerEpoch) implements DiskEvent {}
}

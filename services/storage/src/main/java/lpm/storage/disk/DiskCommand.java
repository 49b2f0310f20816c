package lpm.storage.disk;

import java.util.List;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.Command;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;

/** What the disks of one Linode are told. */
public sealed interface DiskCommand extends Command {
    LinodeId linode();

    @Override
    default String aggregateId() {
        return "disks:" + linode();
    }

    /** Make these disks in this pool. */
    record Order(LinodeId linode, AccountId account, HostRef at, PoolId pool, List<DiskSpec> disks)
            implements DiskCommand {
        public Order {
            disks = List.copyOf(disks);
        }
    }

    /** These disks cannot be made anywhere. */
    record Refuse(LinodeId linode, List<DiskId> disks, String reason) implements DiskCommand {
        public Refuse {
            disks = List.copyOf(disks);
        }
    }

    /** Give a disk another size. */
    record Resize(LinodeId linode, HostRef at, DiskId disk, long newSizeMib) implements DiskCommand {}

    /** Scrub and delete disks. */
    record Delete(LinodeId linode, HostRef at, List<DiskId> disks) implements DiskCommand {
        public Delete {
            disks = List.copyOf(disks);
        }
    }

    /** Nobody below this owner epoch may write any more. */
    record TakeOver(LinodeId linode, HostRef to, long ownerEpoch, List<BlockDevice> devices) implements DiskCommand {
        public TakeOver {
            devices = List.copyOf(devices);
        }
    }

    /** A disk's bytes are there. */
    record NoteCreated(LinodeId linode, DiskId disk, PoolId pool, long sizeMib) implements DiskCommand {}

    /** A disk's bytes could not be made. */
    record NoteFailed(LinodeId linode, DiskId disk, HostRef by, String reason) implements DiskCommand {}

    /** A disk has a new size. */
    record NoteResized(LinodeId linode, DiskId disk, long newSizeMib) implements DiskCommand {}

    /** A disk could not be resized. */
    record NoteResizeFailed(LinodeId linode, DiskId disk, HostRef by, String reason) implements DiskCommand {}

    /** A disk is scrubbed and gone. */
    record NoteScrubbed(LinodeId linode, DiskId disk) implements DiskCommand {}

    /** The write locks are taken. */
    record NoteLocksTaken(LinodeId linode, long ownerEpoch) implements DiskCommand {}

    /** The host did not answer: ask again, perhaps another one. Only the newest request of a kind is asked again. */
    record AskAgain(LinodeId linode, Work work, long asked, HostRef at) implements DiskCommand {}

    /** What hosts do to disks. */
    enum Work {
        provision,
        resize,
        delete,
        takeOver
    }
}

package lpm.contracts.storage;

import java.util.List;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.Command;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.Region;

/** Orders to storage, on {@code lpm.storage.commands}. Each is answered by an event, also when it is refused. */
public sealed interface StorageCommand extends Command {

    /** scheduler: make the Linode's disks. Answer: DisksProvisioned or DisksRefused. */
    record ProvisionDisks(LinodeId linode, AccountId account, Region region, HostRef at, List<DiskSpec> disks)
            implements StorageCommand {
        public ProvisionDisks {
            disks = List.copyOf(disks);
        }

        @Override
        public String aggregateId() {
            return disksOf(linode);
        }
    }

    /** scheduler: grow or shrink one disk. Answer: DiskResized or DiskResizeRefused. */
    record ResizeDisk(LinodeId linode, HostRef at, DiskId disk, long newSizeMib) implements StorageCommand {
        @Override
        public String aggregateId() {
            return disksOf(linode);
        }
    }

    /** scheduler: scrub and delete these disks. Answer: DisksDeleted. */
    record DeleteDisks(LinodeId linode, HostRef at, List<DiskId> disks) implements StorageCommand {
        public DeleteDisks {
            disks = List.copyOf(disks);
        }

        @Override
        public String aggregateId() {
            return disksOf(linode);
        }
    }

    /** scheduler, recovery: nobody below this owner epoch may write any more. Answer: DisksTakenOver. */
    record TakeOverDisks(LinodeId linode, HostRef to, long ownerEpoch, List<BlockDevice> devices)
            implements StorageCommand {
        public TakeOverDisks {
            devices = List.copyOf(devices);
        }

        @Override
        public String aggregateId() {
            return disksOf(linode);
        }
    }

    /**
     * scheduler: the host is silent; shut it out if its lease is not renewed either. Answer: FenceConfirmed or
     * FenceRefused.
     *
     * @param declaredDead an operator says so: shut it out although its lease is fresh
     */
    record FenceHost(HostRef fenced, Region region, boolean declaredDead) implements StorageCommand {
        @Override
        public String aggregateId() {
            return "fence:" + fenced.host();
        }
    }

    /**
     * migration: connect the devices at the target and keep them from changing. Answer: MovePrepared or MoveRefused.
     */
    record PrepareMove(
            MigrationId migration, LinodeId linode, HostRef source, HostRef target, List<BlockDevice> devices)
            implements StorageCommand {
        public PrepareMove {
            devices = List.copyOf(devices);
        }

        @Override
        public String aggregateId() {
            return moveOf(migration);
        }
    }

    /** migration: the Linode runs at the target; the move's hold on the devices ends. Answer: MoveFinished. */
    record FinishMove(MigrationId migration) implements StorageCommand {
        @Override
        public String aggregateId() {
            return moveOf(migration);
        }
    }

    /** migration: the Linode stays at the source; the move's hold on the devices ends. Answer: MoveReleased. */
    record AbortMove(MigrationId migration) implements StorageCommand {
        @Override
        public String aggregateId() {
            return moveOf(migration);
        }
    }

    /** The aggregate of all disks of one Linode. */
    static String disksOf(LinodeId linode) {
        return "disks:" + linode;
    }

    /** The aggregate of one migration's hold on devices. */
    static String moveOf(MigrationId migration) {
        return "move:" + migration;
    }
}

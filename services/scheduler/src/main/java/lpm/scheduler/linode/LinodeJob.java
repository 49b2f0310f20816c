package lpm.scheduler.linode;

import java.util.List;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostRef;
import lpm.contracts.MigrationId;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.scheduler.DiskChange;
import lpm.contracts.scheduler.LinodeEvent.LinodeRebuildRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeResizeRequested;

/** The one job a Linode can have at a time. */
public sealed interface LinodeJob {
    /** Nothing to do. */
    record Idle() implements LinodeJob {}

    /** Its first disks are being made. */
    record Provisioning() implements LinodeJob {}

    /** {@code orders} counts how often the host was told to. */
    record Booting(int orders) implements LinodeJob {}

    record Stopping(int graceSeconds) implements LinodeJob {}

    record Rebooting(BootSpec spec, int graceSeconds) implements LinodeJob {}

    /** First off, then the disk, then the new type. */
    record Resizing(LinodeResizeRequested request, boolean diskOrdered) implements LinodeJob {}

    /** {@code started}: it is off, and the old disks are going. */
    record Rebuilding(LinodeRebuildRequested request, boolean started) implements LinodeJob {}

    record ChangingDisk(DiskChange change, DiskSpec disk) implements LinodeJob {}

    /** A volume is being plugged in or out at the host. */
    record Plugging(BlockDevice device, boolean attach) implements LinodeJob {}

    /** {@code gone}: registrations that were lost meanwhile; they count once the outcome is known. */
    record Moving(MigrationId migration, Mode mode, HostRef target, long nextEpoch, List<HostRef> gone)
            implements LinodeJob {
        public Moving {
            gone = List.copyOf(gone);
        }
    }

    /** After the loss of its host: the disks' locks are being taken. {@code interrupted} goes on afterwards. */
    record TakingOver(LinodeJob interrupted, boolean startAgain) implements LinodeJob {}

    /** {@code unfinished}: disks that only the job before knew of. */
    record Destroying(List<DiskId> unfinished) implements LinodeJob {
        public Destroying {
            unfinished = List.copyOf(unfinished);
        }
    }

    /** Nothing runs any more; these disks are being deleted. */
    record Scrubbing(List<DiskId> disks) implements LinodeJob {
        public Scrubbing {
            disks = List.copyOf(disks);
        }
    }

    LinodeJob IDLE = new Idle();
}

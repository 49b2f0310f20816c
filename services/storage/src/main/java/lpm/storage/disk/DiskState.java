package lpm.storage.disk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.storage.disk.DiskCommand.Work;

/**
 * The disks of one Linode.
 *
 * @param version how many events there were
 * @param deletions the disks of each order to delete that is not answered yet
 * @param asked the number of the newest request of each kind of work
 */
public record DiskState(
        long version,
        Optional<AccountId> account,
        List<Disk> disks,
        List<List<DiskId>> deletions,
        Optional<TakingOver> takeOver,
        long takenEpoch,
        Map<Work, Long> asked) {
    static final DiskState NOTHING =
            new DiskState(0, Optional.empty(), List.of(), List.of(), Optional.empty(), 0, Map.of());

    public DiskState {
        disks = List.copyOf(disks);
        deletions = deletions.stream().map(List::copyOf).toList();
        asked = Map.copyOf(asked);
    }

    /** What is being done to a disk. */
    enum Phase {
        making,
        ready,
        resizing,
        deleting
    }

    /**
     * One disk.
     *
     * @param order the number of the request it was first asked for with
     */
    record Disk(DiskSpec spec, PoolId pool, HostRef at, Phase phase, long sizeMib, long newSizeMib, long order) {
        DiskId id() {
            return spec.disk();
        }

        /** The device with a slot that only tells its place in the order. */
        BlockDevice device(String slot) {
            return new BlockDevice(slot, BlockDevice.Kind.disk, id().value(), pool, sizeMib);
        }

        Disk in(Phase other) {
            return new Disk(spec, pool, at, other, sizeMib, newSizeMib, order);
        }

        Disk askedAt(HostRef host) {
            return new Disk(spec, pool, host, phase, sizeMib, newSizeMib, order);
        }

        Disk sized(long size) {
            return new Disk(spec, pool, at, Phase.ready, size, size, order);
        }

        Disk wanted(long size) {
            return new Disk(spec, pool, at, Phase.resizing, sizeMib, size, order);
        }
    }

    /** Write locks that are being taken. */
    record TakingOver(HostRef to, long ownerEpoch, List<BlockDevice> devices) {
        TakingOver {
            devices = List.copyOf(devices);
        }
    }

    Optional<Disk> find(DiskId id) {
        return disks.stream().filter(disk -> disk.id().equals(id)).findFirst();
    }

    List<Disk> in(Phase phase) {
        return disks.stream().filter(disk -> disk.phase() == phase).toList();
    }

    boolean isNewest(Work work, long number) {
        return asked.getOrDefault(work, -1L) == number;
    }
}

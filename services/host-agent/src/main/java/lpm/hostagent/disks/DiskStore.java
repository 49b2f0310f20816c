package lpm.hostagent.disks;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.host.RootAccess;

/**
 * The pools as this host reaches them. Refusals and lost answers as in
 * {@link lpm.hostagent.hypervisor.Hypervisor}. A write lock belongs to a Linode under an owner epoch; a newer epoch of
 * the same Linode takes it over, an older one never does.
 */
public interface DiskStore {
    /**
     * Makes a disk's bytes, writes image and file system and lets its owner in; answers when they are there, also when
     * they were before, with what of {@code access} the image had no place for.
     */
    CompletionStage<Optional<String>> createDisk(
            PoolId pool, LinodeId linode, DiskSpec disk, Optional<RootAccess> access);

    /** Makes a volume's bytes, empty or a clone; answers when they are there, also when they were before. */
    CompletionStage<Long> createVolume(BlockDevice device, Optional<BlockDevice> cloneOf);

    /** Scrubs and removes bytes; answers when they are gone, also when nothing was there. */
    CompletionStage<Boolean> delete(BlockDevice device);

    /** Grows or shrinks bytes; answers with the new size in MiB. */
    CompletionStage<Long> resize(BlockDevice device, long newSizeMib);

    /** Makes the devices reachable from this host, without write lock. */
    void connect(List<BlockDevice> devices);

    /** Lets go of devices that were connected for nothing; one that is open here stays. */
    void disconnect(List<BlockDevice> devices);

    /** Takes the write locks for this owner epoch: all or none. */
    void takeLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> devices);

    /** Gives up the write locks that this Linode holds under this owner epoch or an older one. */
    void releaseLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> devices);

    /** Gives up every write lock that this Linode holds under this owner epoch or an older one. */
    void releaseAllLocks(LinodeId linode, long ownerEpoch);
}

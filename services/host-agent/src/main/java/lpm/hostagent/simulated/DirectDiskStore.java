package lpm.hostagent.simulated;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.disks.DiskStore;

/** The model's pools as one host reaches them, called in the same thread. */
final class DirectDiskStore implements DiskStore {
    private final HostId host;
    private final PoolModel pools;

    DirectDiskStore(HostId host, PoolModel pools) {
        this.host = host;
        this.pools = pools;
    }

    @Override
    public CompletionStage<Optional<String>> createDisk(
            PoolId pool, LinodeId linode, DiskSpec disk, Optional<RootAccess> access) {
        return pools.createDisk(host, pool, disk, access);
    }

    @Override
    public CompletionStage<Long> createVolume(BlockDevice device, Optional<BlockDevice> cloneOf) {
        return pools.createVolume(host, device, cloneOf);
    }

    @Override
    public CompletionStage<Boolean> delete(BlockDevice device) {
        return pools.delete(host, device);
    }

    @Override
    public CompletionStage<Long> resize(BlockDevice device, long newSizeMib) {
        return pools.resize(host, device, newSizeMib);
    }

    @Override
    public void connect(List<BlockDevice> devices) {
        pools.connect(host, devices);
    }

    @Override
    public void disconnect(List<BlockDevice> devices) {
        // a simulated pool counts nobody who only reaches it
    }

    @Override
    public void takeLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> devices) {
        pools.takeLocks(host, linode, ownerEpoch, devices);
    }

    @Override
    public void releaseLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> devices) {
        pools.releaseLocks(host, linode, ownerEpoch, devices);
    }

    @Override
    public void releaseAllLocks(LinodeId linode, long ownerEpoch) {
        pools.releaseAllLocks(host, linode, ownerEpoch);
    }
}

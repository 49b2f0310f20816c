package lpm.hostagent.disks.pools;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.disks.LockCheck;
import lpm.hostagent.hypervisor.PortRefusal;

/** The bytes of several pools. */
final class PoolDisks implements DiskStore {
    private final Map<PoolId, OpenPool> pools;

    PoolDisks(Map<PoolId, OpenPool> pools) {
        this.pools = pools;
    }

    @Override
    public CompletionStage<Optional<String>> createDisk(
            PoolId pool, LinodeId linode, DiskSpec disk, Optional<RootAccess> access) {
        return at(pool).createDisk(pool, linode, disk, access);
    }

    @Override
    public CompletionStage<Long> createVolume(BlockDevice device, Optional<BlockDevice> cloneOf) {
        cloneOf.filter(it -> !it.pool().equals(device.pool())).ifPresent(it -> {
            throw new PortRefusal(it.image() + " lies in " + it.pool() + ": its clone cannot be made in "
                    + device.pool() + ", only in the same pool");
        });
        return at(device.pool()).createVolume(device, cloneOf);
    }

    @Override
    public CompletionStage<Boolean> delete(BlockDevice device) {
        return at(device.pool()).delete(device);
    }

    @Override
    public CompletionStage<Long> resize(BlockDevice device, long newSizeMib) {
        return at(device.pool()).resize(device, newSizeMib);
    }

    @Override
    public void connect(List<BlockDevice> devices) {
        byPool(devices).forEach((pool, those) -> at(pool).connect(those));
    }

    @Override
    public void disconnect(List<BlockDevice> devices) {
        byPool(devices).forEach((pool, those) -> at(pool).disconnect(those));
    }

    /** Several pools cannot be changed as one: all are asked before the first gives anything. */
    @Override
    public void takeLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> devices) {
        Map<PoolId, List<BlockDevice>> all = byPool(devices);
        if (all.size() > 1) {
            all.forEach((pool, those) -> {
                if (at(pool) instanceof LockCheck asked) {
                    asked.checkLocks(linode, ownerEpoch, those);
                }
            });
        }
        all.forEach((pool, those) -> at(pool).takeLocks(linode, ownerEpoch, those));
    }

    @Override
    public void releaseLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> devices) {
        byPool(devices).forEach((pool, those) -> at(pool).releaseLocks(linode, ownerEpoch, those));
    }

    @Override
    public void releaseAllLocks(LinodeId linode, long ownerEpoch) {
        pools.values().forEach(each -> each.disks().releaseAllLocks(linode, ownerEpoch));
    }

    private DiskStore at(PoolId pool) {
        return PoolLeases.known(pools, pool).disks();
    }

    private static Map<PoolId, List<BlockDevice>> byPool(List<BlockDevice> devices) {
        Map<String, List<BlockDevice>> sorted = devices.stream()
                .collect(Collectors.groupingBy(each -> each.pool().value(), TreeMap::new, Collectors.toList()));
        return sorted.values().stream()
                .collect(Collectors.toMap(
                        those -> those.getFirst().pool(), those -> those, (a, _) -> a, java.util.LinkedHashMap::new));
    }
}

package lpm.hostagent.disks.ceph;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.disks.LockCheck;
import lpm.hostagent.disks.OnExecutor;
import lpm.hostagent.disks.PoolDevices;
import lpm.hostagent.disks.PoolLocks;
import lpm.hostagent.disks.RawImages;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.records.ShutOut;

/** Bytes as thin images of a Ceph pool. */
final class RbdDisks implements DiskStore, LockCheck {
    private static final long MIB = 1024 * 1024;

    private final CephCluster cluster;
    /** Librbd keeps an object for each name, which says in one read whether there is such an image. */
    private final CephRecords imageIds;

    private final RbdImages images;
    private final NewImages making;
    private final PoolLocks locks;
    private final PoolDevices devices;
    private final OnExecutor work;

    /**
     * @param quick the connection whose calls end within seconds
     * @param bulk the connection for bytes
     * @param executor runs what takes its time; native calls hold their thread, so it should not be the carriers of
     *     virtual threads where imports are large
     */
    RbdDisks(
            HostId self,
            CephCluster quick,
            CephCluster bulk,
            PoolLocks locks,
            PoolDevices devices,
            RawImages sources,
            Executor executor) {
        this.cluster = bulk;
        this.imageIds = new CephRecords(quick, "rbd_id.");
        this.images = new RbdImages(bulk);
        this.making =
                new NewImages(self, images, new SparseImport(bulk.libraries().rbd()), sources);
        this.locks = locks;
        this.devices = devices;
        this.work = new OnExecutor(executor);
    }

    @Override
    public CompletionStage<Optional<String>> createDisk(
            PoolId pool, LinodeId linode, DiskSpec disk, Optional<RootAccess> access) {
        String name = "disk-" + disk.disk();
        return later(name, () -> making.disk(name, disk, access));
    }

    @Override
    public CompletionStage<Long> createVolume(BlockDevice device, Optional<BlockDevice> cloneOf) {
        String name = device.image();
        return later(
                name,
                () -> cloneOf.isEmpty()
                        ? making.empty(name, device.sizeMib())
                        : making.copy(cloneOf.get().image(), name, device.sizeMib()));
    }

    @Override
    public CompletionStage<Boolean> delete(BlockDevice device) {
        String name = device.image();
        return later(name, () -> {
            making.drop(name);
            if (images.size(name).isEmpty()) {
                locks.forget(name);
                return false;
            }
            devices.unmap(name);
            mustNotBeOpen(name);
            boolean removed = images.remove(name);
            locks.forget(name);
            return removed;
        });
    }

    @Override
    public CompletionStage<Long> resize(BlockDevice device, long newSizeMib) {
        String name = device.image();
        return later(name, () -> {
            long now = sizeMib(name);
            if (newSizeMib < now) {
                if (device.kind() == BlockDevice.Kind.volume) {
                    throw new PortRefusal(name + " has " + now + " MiB; a volume only grows, asked for " + newSizeMib);
                }
                mustNotBeOpen(name);
            }
            images.resize(name, newSizeMib * MIB);
            return newSizeMib;
        });
    }

    @Override
    public void connect(List<BlockDevice> used) {
        guarded(() -> {
            locks.mustBeLetIn();
            List<Optional<String>> ids = imageIds.read(names(used));
            for (int i = 0; i < ids.size(); i++) {
                if (ids.get(i).isEmpty()) {
                    throw none(used.get(i).image());
                }
            }
            names(used).forEach(devices::map);
            return true;
        });
    }

    @Override
    public void disconnect(List<BlockDevice> used) {
        devices.unmapUnused(names(used));
    }

    @Override
    public void takeLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> used) {
        guarded(() -> {
            locks.take(linode, ownerEpoch, names(used));
            return true;
        });
    }

    @Override
    public void checkLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> used) {
        guarded(() -> {
            locks.check(linode, ownerEpoch, names(used));
            return true;
        });
    }

    @Override
    public void releaseLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> used) {
        guarded(() -> {
            locks.release(linode, ownerEpoch, names(used));
            devices.unmapUnused(names(used));
            return true;
        });
    }

    @Override
    public void releaseAllLocks(LinodeId linode, long ownerEpoch) {
        guarded(() -> {
            devices.unmapUnused(locks.releaseAll(linode, ownerEpoch));
            return true;
        });
    }

    private void mustNotBeOpen(String name) {
        List<String> watchers = images.watchers(name);
        if (!watchers.isEmpty()) {
            throw new PortRefusal(name + " is in use by " + watchers + ": stop what runs on it, or unmap it there");
        }
    }

    private long sizeMib(String name) {
        return images.size(name).orElseThrow(() -> none(name)) / MIB;
    }

    private PortRefusal none(String name) {
        return new PortRefusal("there is no " + name + " in " + cluster.pool());
    }

    private <T> CompletionStage<T> later(String name, Supplier<T> bytes) {
        return work.after(
                name,
                () -> guarded(() -> {
                    locks.mustBeLetIn();
                    return bytes.get();
                }));
    }

    private static <T> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (ShutOut shutOut) {
            throw new PortRefusal(String.valueOf(shutOut.getMessage()));
        } catch (UncheckedIOException e) {
            throw new PortRefusal(e.getMessage() + ": " + String.valueOf(e.getCause()));
        }
    }

    private static List<String> names(List<BlockDevice> used) {
        return used.stream().map(BlockDevice::image).toList();
    }
}

package lpm.hostagent.disks.ceph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import lpm.hostagent.disks.DeviceMap;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.disks.FileSystems;
import lpm.hostagent.disks.LockCheck;
import lpm.hostagent.disks.OnExecutor;
import lpm.hostagent.disks.PoolLocks;
import lpm.hostagent.disks.RawImages;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.records.ShutOut;

/**
 * Bytes as thin images of a Ceph pool. An image is made under a name of this host's own and renamed when it is whole: a
 * name that is there stands for whole bytes.
 */
final class RbdDisks implements DiskStore, LockCheck {
    private static final long MIB = 1024 * 1024;

    private final HostId self;
    private final CephCluster cluster;
    /** Librbd keeps an object for each name, which says in one read whether there is such an image. */
    private final CephRecords imageIds;

    private final RbdImages images;
    private final SparseImport imports;
    private final PoolLocks locks;
    private final DeviceMap devices;
    private final RawImages sources;
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
            DeviceMap devices,
            RawImages sources,
            Executor executor) {
        this.self = self;
        this.cluster = bulk;
        this.imageIds = new CephRecords(quick, "rbd_id.");
        this.images = new RbdImages(bulk);
        this.imports = new SparseImport(bulk.libraries().rbd());
        this.locks = locks;
        this.devices = devices;
        this.sources = sources;
        this.work = new OnExecutor(executor);
    }

    @Override
    public CompletionStage<Long> createDisk(PoolId pool, LinodeId linode, DiskSpec disk, Optional<String> secret) {
        String name = "disk-" + disk.disk();
        return later(name, () -> make(name, disk.sizeMib(), part -> fill(part, disk)));
    }

    @Override
    public CompletionStage<Long> createVolume(BlockDevice device, Optional<BlockDevice> cloneOf) {
        String name = device.image();
        return later(name, () -> {
            long made = cloneOf.isEmpty()
                    ? make(name, device.sizeMib(), _ -> {})
                    : copy(cloneOf.get().image(), name, device.sizeMib());
            cloneOf.filter(it -> images.size(it.image()).isPresent())
                    .ifPresent(it -> images.forgetCopy(it.image(), partOf(name)));
            return made;
        });
    }

    @Override
    public CompletionStage<Boolean> delete(BlockDevice device) {
        String name = device.image();
        return later(name, () -> {
            images.remove(partOf(name));
            if (images.size(name).isEmpty()) {
                locks.forget(name);
                return false;
            }
            devices.unmap(cluster.pool(), name);
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
            used.forEach(each -> devices.map(cluster.pool(), each.image()));
            return true;
        });
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
            return true;
        });
    }

    @Override
    public void releaseAllLocks(LinodeId linode, long ownerEpoch) {
        guarded(() -> {
            locks.releaseAll(linode, ownerEpoch);
            return true;
        });
    }

    /** What fills new bytes before they get their name. */
    private interface Filling {
        void fill(String part);
    }

    private long make(String name, long sizeMib, Filling filling) {
        Optional<Long> there = images.size(name);
        if (there.isPresent()) {
            return there.get() / MIB;
        }
        String part = partOf(name);
        images.remove(part);
        images.create(part, sizeMib * MIB);
        filling.fill(part);
        giveName(part, name);
        return sizeMib;
    }

    private void fill(String part, DiskSpec disk) {
        if (disk.image().isPresent()) {
            write(sources.fileFor(disk.image().get(), disk.sizeMib()), part);
        } else if (FileSystems.writes(disk.filesystem())) {
            Path sparse = temporary();
            try {
                FileSystems.write(sparse, disk.filesystem(), disk.sizeMib());
                write(sparse, part);
            } finally {
                delete(sparse);
            }
        }
    }

    private void write(Path from, String part) {
        images.writing(part, image -> {
            imports.write(from, image, part);
            return true;
        });
    }

    private long copy(String from, String name, long sizeMib) {
        long source = sizeMib(from);
        Optional<Long> there = images.size(name);
        if (there.isPresent()) {
            return there.get() / MIB;
        }
        if (source > sizeMib) {
            throw new PortRefusal(from + " has " + source + " MiB, its clone " + name + " shall have only " + sizeMib);
        }
        String part = partOf(name);
        images.remove(part);
        images.copy(from, part);
        images.resize(part, sizeMib * MIB);
        giveName(part, name);
        return sizeMib;
    }

    /** Another host may have been faster with the same order; its bytes are as good. */
    private void giveName(String part, String name) {
        if (images.size(name).isEmpty()) {
            images.rename(part, name);
        } else {
            images.remove(part);
        }
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

    private String partOf(String name) {
        return name + ".part-" + self;
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

    private static Path temporary() {
        try {
            return Files.createTempFile("lpm-filesystem", ".raw");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file for a file system", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file " + file + " stays", e);
        }
    }
}

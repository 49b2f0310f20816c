package lpm.hostagent.disks.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.disks.FileSystems;
import lpm.hostagent.disks.LockCheck;
import lpm.hostagent.disks.OnExecutor;
import lpm.hostagent.disks.PoolDevices;
import lpm.hostagent.disks.PoolLocks;
import lpm.hostagent.disks.Programs;
import lpm.hostagent.disks.RawImages;
import lpm.hostagent.disks.RootLogin;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;

/**
 * Bytes as sparse raw files {@code <image>.raw} of a folder. A file is made under a name of this host's own and renamed
 * when it is whole. A folder does not know which other host has a file open, so nothing is refused for that; the
 * platform deletes only what no Linode has.
 */
final class FileDisks implements DiskStore, LockCheck {
    private static final long MIB = 1024 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final HostId self;
    private final Path folder;
    private final FileRecords records;
    private final PoolLocks locks;
    private final PoolDevices devices;
    private final RawImages sources;
    private final OnExecutor work;

    FileDisks(
            HostId self,
            Path folder,
            FileRecords records,
            PoolLocks locks,
            PoolDevices devices,
            RawImages sources,
            Executor executor) {
        this.self = self;
        this.folder = folder;
        this.records = records;
        this.locks = locks;
        this.devices = devices;
        this.sources = sources;
        this.work = new OnExecutor(executor);
    }

    @Override
    public CompletionStage<Optional<String>> createDisk(
            PoolId pool, LinodeId linode, DiskSpec disk, Optional<RootAccess> access) {
        return later("disk-" + disk.disk(), file -> {
            List<String> leftOut = new ArrayList<>();
            var _ = make(file, disk.sizeMib(), part -> {
                if (disk.image().isPresent()) {
                    copy(sources.fileFor(disk.image().get(), disk.sizeMib()), part);
                    access.flatMap(it -> RootLogin.put(part, it)).ifPresent(leftOut::add);
                } else if (FileSystems.writes(disk.filesystem())) {
                    FileSystems.write(part, disk.filesystem(), disk.sizeMib());
                }
            });
            return leftOut.stream().findFirst();
        });
    }

    @Override
    public CompletionStage<Long> createVolume(BlockDevice device, Optional<BlockDevice> cloneOf) {
        return later(
                device.image(),
                file -> make(file, device.sizeMib(), part -> {
                    if (cloneOf.isPresent()) {
                        Path source = there(cloneOf.get().image());
                        long sourceMib = Files.size(source) / MIB;
                        if (sourceMib > device.sizeMib()) {
                            throw new PortRefusal(cloneOf.get().image() + " has " + sourceMib + " MiB, its clone "
                                    + device.image() + " shall have only " + device.sizeMib());
                        }
                        copy(source, part);
                    }
                }));
    }

    @Override
    public CompletionStage<Boolean> delete(BlockDevice device) {
        return later(device.image(), file -> {
            devices.unmap(device.image());
            Files.deleteIfExists(partOf(file));
            boolean was = Files.deleteIfExists(file);
            locks.forget(device.image());
            return was;
        });
    }

    @Override
    public CompletionStage<Long> resize(BlockDevice device, long newSizeMib) {
        return later(device.image(), _ -> {
            Path file = there(device.image());
            long now = Files.size(file) / MIB;
            if (newSizeMib < now && device.kind() == BlockDevice.Kind.volume) {
                throw new PortRefusal(
                        device.image() + " has " + now + " MiB; a volume only grows, asked for " + newSizeMib);
            }
            setSize(file, newSizeMib);
            devices.grow();
            return newSizeMib;
        });
    }

    @Override
    public void connect(List<BlockDevice> used) {
        locks.mustBeLetIn();
        records.within(() -> {
            names(used).forEach(this::there);
            return used;
        });
        names(used).forEach(devices::map);
    }

    @Override
    public void disconnect(List<BlockDevice> used) {
        devices.unmapUnused(names(used));
    }

    @Override
    public void takeLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> used) {
        locks.take(linode, ownerEpoch, names(used));
    }

    @Override
    public void checkLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> used) {
        locks.check(linode, ownerEpoch, names(used));
    }

    @Override
    public void releaseLocks(LinodeId linode, long ownerEpoch, List<BlockDevice> used) {
        locks.release(linode, ownerEpoch, names(used));
        devices.unmapUnused(names(used));
    }

    @Override
    public void releaseAllLocks(LinodeId linode, long ownerEpoch) {
        devices.unmapUnused(locks.releaseAll(linode, ownerEpoch));
    }

    private interface Work<T> {
        T on(Path file) throws IOException;
    }

    private interface Filling {
        void fill(Path part) throws IOException;
    }

    private long make(Path file, long sizeMib, Filling filling) throws IOException {
        if (!Files.exists(file)) {
            Path part = partOf(file);
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            filling.fill(part);
            setSize(part, sizeMib);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.size(file) / MIB;
    }

    private static void copy(Path from, Path to) {
        Programs.run("coreutils", "cp", "--sparse=always", "--reflink=auto", from.toString(), to.toString());
    }

    private static void setSize(Path file, long sizeMib) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(sizeMib * MIB);
            bytes.getFD().sync();
        }
    }

    private Path there(String image) {
        Path file = folder.resolve(image + ".raw");
        if (!Files.exists(file)) {
            throw new PortRefusal("there is no " + image + " in " + folder);
        }
        return file;
    }

    private Path partOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".part-" + self);
    }

    private <T> CompletionStage<T> later(String image, Work<T> bytes) {
        return work.after(image, () -> {
            locks.mustBeLetIn();
            try {
                return bytes.on(folder.resolve(image + ".raw"));
            } catch (IOException e) {
                throw new PortUnreachable(image + " in " + folder + ": " + e, e);
            }
        });
    }

    private static List<String> names(List<BlockDevice> used) {
        return used.stream().map(BlockDevice::image).toList();
    }
}

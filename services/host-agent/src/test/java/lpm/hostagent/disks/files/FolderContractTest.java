package lpm.hostagent.disks.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.host.RootAccess;
import lpm.hostagent.disks.DiskContract;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.disks.Dom0Map;
import lpm.hostagent.disks.PoolDevices;
import lpm.hostagent.disks.Programs;
import lpm.hostagent.disks.RawImages;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.lease.PoolLease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a folder, with two agents in it. */
class FolderContractTest extends DiskContract {
    private static final long MIB = 1024 * 1024;
    private static final long RAW_MIB = 64;
    private static final String CANARY = "of a Linode that was deleted";

    @TempDir
    Path images;

    @TempDir
    Path folder;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Map<HostId, FolderPool> pools = new HashMap<>();
    private final Map<HostId, Dom0Map> dom0s = new ConcurrentHashMap<>();

    @BeforeEach
    void start() throws IOException {
        try (RandomAccessFile image =
                new RandomAccessFile(images.resolve("linode-debian12.raw").toFile(), "rw")) {
            image.setLength(8L * 1024 * 1024);
            image.seek(5_000_000);
            image.write(7);
        }
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void writesTheImageSparsely() throws IOException {
        answer(disks(h1).createDisk(POOL, one(), rootDisk(), Optional.empty()));
        Path file = folder.resolve("disk-" + one() + ".raw");
        assertThat(Files.size(file)).isEqualTo(2_048L * 1024 * 1024);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(5_000_000);
            assertThat(bytes.read()).isEqualTo(7);
        }
    }

    @Test
    void letsTheOwnerIntoTheDiskAndLeavesTheImageAsItIs() throws IOException {
        assumeThat(Files.exists(Path.of("/usr/sbin/debugfs")) || Files.exists(Path.of("/sbin/debugfs")))
                .as("e2fsprogs is not installed")
                .isTrue();
        Path tree = Files.createDirectories(images.resolve("tree/etc")).getParent();
        Files.writeString(tree.resolve("etc/shadow"), "root:*:1::::::\n");
        Path image = images.resolve("linode-debian12.raw");
        Programs.run("e2fsprogs", "mke2fs", "-q", "-F", "-t", "ext4", "-d", tree.toString(), image.toString());
        RootAccess access = new RootAccess("$6$salt$hash", List.of("ssh-ed25519 AAAA me"));

        assertThat(answer(disks(h1).createDisk(POOL, one(), rootDisk(), Optional.of(access)))
                        .orElseThrow())
                .isEqualTo("authorized_keys: the image has no /root");
        String disk = folder.resolve("disk-" + one() + ".raw").toString();
        assertThat(Programs.run("e2fsprogs", "debugfs", "-R", "cat /etc/shadow", disk))
                .contains("root:$6$salt$hash:1:");
        assertThat(Programs.run("e2fsprogs", "debugfs", "-R", "cat /etc/shadow", image.toString()))
                .contains("root:*:1:");
    }

    @Test
    void aFileIsABlockDeviceOfTheHostsThatAreConnected() {
        BlockDevice volume = volume();
        String name = "vms/" + volume.image();
        disks(h1).connect(List.of(volume));
        disks(h2).connect(List.of(volume));
        assertThat(dom0(h1).mapped()).containsExactly(name);
        dom0(h1).open(name);
        disks(h1).disconnect(List.of(volume));
        assertThat(dom0(h1).mapped()).containsExactly(name);
        disks(h2).disconnect(List.of(volume));
        assertThat(dom0(h2).mapped()).isEmpty();
        disks(h1).takeLocks(one(), 1, List.of(volume));
        disks(h1).releaseLocks(one(), 1, List.of(volume));
        assertThat(dom0(h1).mapped()).containsExactly(name);
        dom0(h1).close(name);
        disks(h1).releaseAllLocks(one(), 1);
        assertThat(dom0(h1).mapped()).isEmpty();
    }

    @Test
    void whatIsOpenIsNotDeletedAndWhatWasMadeLargerIsSeen() {
        BlockDevice volume = volume();
        disks(h1).connect(List.of(volume));
        answer(disks(h1).resize(volume, 2_048));
        assertThat(dom0(h1).grown()).containsExactly("vms");
        dom0(h1).open("vms/" + volume.image());
        assertThatThrownBy(() -> answer(disks(h1).delete(volume))).hasMessageContaining("in use");
        assertThat(folder.resolve(volume.image() + ".raw")).exists();
        dom0(h1).close("vms/" + volume.image());
        assertThat(answer(disks(h1).delete(volume))).isTrue();
        assertThat(dom0(h1).mapped()).isEmpty();
    }

    /** I24, by a witness of the bytes themselves: what was deleted is in nothing new, nor elsewhere in the folder. */
    @Test
    void nothingOfADeletedDiskIsInANewOne() throws IOException {
        BlockDevice volume = volume();
        answer(disks(h1).createDisk(POOL, one(), rawDisk(), Optional.empty()));
        plant("disk-" + fresh);
        plant(volume.image());
        assertThat(filesWithCanary()).hasSize(2);

        answer(disks(h2).delete(disk(RAW_MIB)));
        answer(disks(h1).delete(volume));
        assertThat(filesWithCanary()).isEmpty();
        answer(disks(h2).createDisk(POOL, two(), rawDisk(), Optional.empty()));
        assertThat(volume().image()).isEqualTo(volume.image());
        assertThat(filesWithCanary()).isEmpty();
    }

    /** A disk that was made smaller and larger again has nothing of its old end. */
    @Test
    void whatWasCutOffDoesNotComeBack() throws IOException {
        answer(disks(h1).createDisk(POOL, one(), rawDisk(), Optional.empty()));
        plant("disk-" + fresh);
        answer(disks(h1).resize(disk(RAW_MIB), 1));
        answer(disks(h1).resize(disk(1), RAW_MIB));
        assertThat(filesWithCanary()).isEmpty();
    }

    private DiskSpec rawDisk() {
        return new DiskSpec(new DiskId(fresh), "raw", RAW_MIB, "raw", Optional.empty(), Optional.empty());
    }

    /** Into the last MiB of its file. */
    private void plant(String image) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve(image + ".raw").toFile(), "rw")) {
            file.seek(file.length() - MIB);
            file.write(CANARY.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private List<Path> filesWithCanary() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                if (hasCanary(each)) {
                    found.add(each);
                }
            }
        }
        return found;
    }

    /** It was planted at the beginning of a MiB. */
    private static boolean hasCanary(Path path) throws IOException {
        byte[] part = new byte[CANARY.length()];
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            for (long at = 0; at + part.length <= file.length(); at += MIB) {
                file.seek(at);
                file.readFully(part);
                if (CANARY.equals(new String(part, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void aNewRegistrationBeginsWithoutBlockDevices() {
        lease(h1).acquire(POOL, new HostRef(h1, 1));
        disks(h1).connect(List.of(volume()));
        lease(h1).acquire(POOL, new HostRef(h1, 1));
        assertThat(dom0(h1).mapped()).hasSize(1);
        lease(h1).acquire(POOL, new HostRef(h1, 2));
        assertThat(dom0(h1).mapped()).isEmpty();
    }

    @Test
    void ofManyWhoWantALockOneGetsIt() {
        List<CompletableFuture<Boolean>> all = IntStream.rangeClosed(1, 8)
                .mapToObj(each -> CompletableFuture.supplyAsync(() -> taken(each % 2 == 0 ? h1 : h2, each), executor))
                .toList();
        assertThat(all.stream().filter(CompletableFuture::join)).hasSize(1);
    }

    private boolean taken(HostId host, long linode) {
        try {
            pool(host).disks().takeLocks(new LinodeId(linode), 1, List.of(disk(2_048)));
            return true;
        } catch (PortRefusal refusal) {
            assertThat(refusal.reason()).contains("is held by linode");
            return false;
        }
    }

    private Dom0Map dom0(HostId host) {
        return dom0s.computeIfAbsent(host, _ -> new Dom0Map());
    }

    private synchronized FolderPool pool(HostId host) {
        return pools.computeIfAbsent(
                host,
                _ -> new FolderPool(
                        "dir", host, folder, new PoolDevices(dom0(host), "vms"), new RawImages(images), executor));
    }

    @Override
    protected DiskStore disks(HostId host) {
        return pool(host).disks();
    }

    @Override
    protected PoolLease lease(HostId host) {
        return pool(host).lease();
    }

    @Override
    protected <T> T answer(CompletionStage<T> later) {
        try {
            return later.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}

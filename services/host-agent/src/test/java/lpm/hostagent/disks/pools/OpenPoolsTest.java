package lpm.hostagent.disks.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.host.Telemetry.PoolState;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.disks.Dom0Map;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.lease.PoolLease.Renewal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two folders as two pools. */
class OpenPoolsTest {
    private static final HostId HOST = HostId.of("h1");
    private static final PoolId A = PoolId.of("a");
    private static final PoolId B = PoolId.of("b");
    private static final LinodeId ONE = new LinodeId(1);
    private static final LinodeId TWO = new LinodeId(2);
    private static final BlockDevice IN_A = new BlockDevice("sda", BlockDevice.Kind.volume, 1, A, 4);
    private static final BlockDevice IN_B = new BlockDevice("sdb", BlockDevice.Kind.volume, 2, B, 4);

    @TempDir
    Path folder;

    private final Dom0Map dom0 = new Dom0Map();

    @Test
    void eachPoolGetsWhatIsItsOwn() throws Exception {
        try (OpenPools pools = open()) {
            DiskStore disks = pools.disks();
            disks.createVolume(IN_A, Optional.empty()).toCompletableFuture().get();
            disks.createVolume(IN_B, Optional.empty()).toCompletableFuture().get();
            assertThat(folder.resolve("a/volume-1.raw")).exists();
            assertThat(folder.resolve("b/volume-2.raw")).exists();
            disks.connect(List.of(IN_A, IN_B));
            assertThat(dom0.mapped()).containsExactly("a/volume-1", "b/volume-2");
            assertThat(pools.lease().acquire(B, new HostRef(HOST, 1))).isEqualTo(Renewal.renewed);
            assertThat(folder.resolve("b/.lpm/lease.h1")).exists();
            assertThat(folder.resolve("a/.lpm/lease.h1")).doesNotExist();
        }
    }

    @Test
    void takesAllLocksOrNoneOverPools() {
        try (OpenPools pools = open()) {
            DiskStore disks = pools.disks();
            disks.takeLocks(TWO, 1, List.of(IN_B));
            assertThatThrownBy(() -> disks.takeLocks(ONE, 1, List.of(IN_A, IN_B)))
                    .isInstanceOf(PortRefusal.class);
            disks.takeLocks(TWO, 1, List.of(IN_A));
            disks.releaseAllLocks(TWO, 1);
            disks.takeLocks(ONE, 1, List.of(IN_A, IN_B));
        }
    }

    @Test
    void refusesUnknownPoolsAndClonesAcrossPools() {
        try (OpenPools pools = open()) {
            BlockDevice lost = new BlockDevice("sda", BlockDevice.Kind.disk, 1, PoolId.of("c"), 4);
            assertThatThrownBy(() -> pools.disks().connect(List.of(lost)))
                    .isInstanceOf(PortRefusal.class)
                    .hasMessageContaining("has no pool c, only [a, b]");
            assertThatThrownBy(() -> pools.disks().createVolume(IN_A, Optional.of(IN_B)))
                    .isInstanceOf(PortRefusal.class)
                    .hasMessageContaining("only in the same pool");
        }
    }

    @Test
    void seesItsPools() {
        try (OpenPools pools = open()) {
            await().until(() -> pools.sights().size() == 2);
            assertThat(pools.sights().get(A)).satisfies(it -> {
                assertThat(it.state()).isEqualTo(PoolState.ok);
                assertThat(it.type()).isEqualTo("dir");
                assertThat(it.capacityMib()).isPositive();
            });
        }
    }

    @Test
    void guestsSeeWhatAnotherHostMadeLarger() {
        try (OpenPools _ = open()) {
            await().until(() -> dom0.grown().containsAll(List.of("a", "b")));
        }
    }

    @Test
    void aFolderThatIsNotMountedIsNoNetfsPool() throws Exception {
        Path plain = Files.createDirectory(folder.resolve("plain"));
        assertThatThrownBy(() -> open("n=netfs:" + plain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing mounted at");
        assertThatThrownBy(() -> open("n=dir:" + folder.resolve("no")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found none at");
    }

    @Test
    void anNfsClientMustNotRememberThatThereIsNoLock() {
        String options = "rw,relatime,vers=4.2,hard";
        String line = "s:/vms /mnt/vms nfs4 %s 0 0";
        NfsMount.check(
                Path.of("/mnt/vms"), List.of(line.formatted(options), line.formatted(options + ",lookupcache=pos")));
        NfsMount.check(Path.of("/mnt/vms"), List.of("/dev/sdb /mnt/vms ocfs2 rw 0 0"));
        assertThatThrownBy(() -> NfsMount.check(Path.of("/mnt/vms"), List.of(line.formatted(options))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/mnt/vms must be mounted with lookupcache=pos, found " + options);
    }

    private OpenPools open() {
        try {
            return open("a=dir:" + Files.createDirectories(folder.resolve("a")) + ",b=dir:"
                    + Files.createDirectories(folder.resolve("b")));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private OpenPools open(String text) {
        return new OpenPools(PoolsConfig.parse(text), HOST, "", folder, dom0);
    }
}

package lpm.hostagent.disks.ceph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.lease.PoolLease.Renewal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the contract does not say: what is in the bytes, what it costs, and that the pool itself shuts a host out. */
@Tag("ceph")
class CephPoolTest {
    private static final PoolId POOL = PoolId.of("pool-us-east");
    private static final long MIB = 1024 * 1024;

    private CephLab lab;
    private HostId h1;
    private HostId h2;
    private LinodeId linode;

    @BeforeEach
    void start() throws IOException {
        lab = new CephLab();
        h1 = lab.host(1);
        h2 = lab.host(2);
        linode = new LinodeId(lab.number);
    }

    @AfterEach
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void writesTheImageByteByByteAndSparsely() throws IOException {
        image("a.raw", 20 * MIB, 0, 5_000_001, 12 * MIB, 20 * MIB - 1);
        create(disk("raw", Optional.of("a"), 64));
        assertThat(bytes("disk-" + linode, 0, 5_000_001, 12 * MIB, 20 * MIB - 1))
                .containsOnly((byte) 7);
        assertThat(bytes("disk-" + linode, 1, 8 * MIB, 20 * MIB, 63 * MIB)).containsOnly((byte) 0);
    }

    @Test
    void writesFileSystems() {
        create(disk("ext4", Optional.empty(), 300));
        assertThat(bytes("disk-" + linode, 0x438, 0x439)).containsExactly((byte) 0x53, (byte) 0xEF);
        assertThat(answer(disks().delete(device(BlockDevice.Kind.disk, 300)))).isTrue();
        create(disk("swap", Optional.empty(), 64));
        assertThat(bytes("disk-" + linode, 4086, 4095)).containsExactly((byte) 'S', (byte) '2');
    }

    @Test
    void refusesWhatIsNoRawImageAndLeavesNothing() throws IOException {
        Files.write(lab.images.resolve("q.raw"), new byte[] {'Q', 'F', 'I', (byte) 0xFB, 0, 0, 0, 3});
        assertThatThrownBy(() -> create(disk("raw", Optional.of("q"), 64)))
                .isInstanceOf(PortRefusal.class)
                .hasMessageContaining("is qcow2");
        image("big.raw", 65 * MIB, 0);
        assertThatThrownBy(() -> create(disk("raw", Optional.of("big"), 64)))
                .isInstanceOf(PortRefusal.class)
                .hasMessageContaining("at least 65 MiB");
        assertThatThrownBy(() -> create(disk("raw", Optional.of("../etc"), 64))).isInstanceOf(PortRefusal.class);
        assertThatThrownBy(() -> disks().connect(List.of(device(BlockDevice.Kind.disk, 64))))
                .isInstanceOf(PortRefusal.class);
    }

    @Test
    void anImportThatDiedHalfWayIsMadeAnew() throws IOException {
        image("a.raw", 8 * MIB, 3);
        images().create("disk-" + linode + ".part-" + h1, 4 * MIB);
        assertThatThrownBy(() -> disks().connect(List.of(device(BlockDevice.Kind.disk, 64))))
                .isInstanceOf(PortRefusal.class);
        assertThat(create(disk("raw", Optional.of("a"), 64))).isEmpty();
        assertThat(bytes("disk-" + linode, 3)).containsExactly((byte) 7);
        assertThat(images().size("disk-" + linode + ".part-" + h1)).isEmpty();
    }

    @Test
    void nothingIsRemovedOrShrunkWhileSomebodyHasItOpen() {
        BlockDevice device = device(BlockDevice.Kind.disk, 64);
        create(disk("raw", Optional.empty(), 64));
        RbdImages other = new RbdImages(lab.pool(h2).bulk());
        other.writing(device.image(), _ -> {
            assertThatThrownBy(() -> answer(disks().delete(device)))
                    .isInstanceOf(PortRefusal.class)
                    .hasMessageContaining("in use by");
            assertThatThrownBy(() -> answer(disks().resize(device, 32))).isInstanceOf(PortRefusal.class);
            return answer(disks().resize(device, 128));
        });
        assertThat(answer(disks().resize(device, 32))).isEqualTo(32);
        assertThatThrownBy(() -> {
                    answer(disks().createVolume(device(BlockDevice.Kind.volume, 64), Optional.empty()));
                    answer(disks().resize(device(BlockDevice.Kind.volume, 64), 32));
                })
                .hasMessageContaining("only grows");
    }

    /** They are taken in the pause of a migration. */
    @Test
    void takesEightLocksInFewMilliseconds() {
        List<BlockDevice> eight = IntStream.range(0, 8)
                .mapToObj(i -> new BlockDevice("sd" + (char) ('a' + i), BlockDevice.Kind.disk, 7 + i, POOL, 64))
                .toList();
        DiskStore source = disks();
        DiskStore target = lab.pool(h2).disks();
        List<Long> micros = new ArrayList<>();
        source.takeLocks(linode, 1, eight);
        for (int epoch = 2; epoch < 32; epoch++) {
            long before = System.nanoTime();
            (epoch % 2 == 0 ? target : source).takeLocks(linode, epoch, eight);
            micros.add((System.nanoTime() - before) / 1_000);
        }
        target.releaseAllLocks(linode, 99);
        micros.sort(null);
        System.out.println(
                "eight locks taken over, microseconds: median " + micros.get(15) + ", worst " + micros.getLast());
        assertThat(micros.get(15)).isLessThan(200_000);
    }

    @Test
    void ofManyWhoWantTheSameLocksNobodyIsLeftWithHalfOfThem() throws Exception {
        List<BlockDevice> both = List.of(device(BlockDevice.Kind.disk, 64), device(BlockDevice.Kind.volume, 64));
        for (int round = 0; round < 5; round++) {
            List<Long> winners = new CopyOnWriteArrayList<>();
            List<Thread> all = new ArrayList<>();
            for (long i = 0; i < 6; i++) {
                LinodeId each = new LinodeId(lab.number + i);
                DiskStore store = lab.pool(i % 2 == 0 ? h1 : h2).disks();
                all.add(Thread.ofPlatform().start(() -> {
                    try {
                        store.takeLocks(each, 1, both);
                        winners.add(each.value());
                    } catch (PortRefusal refusal) {
                        assertThat(refusal.reason()).contains("is held by linode");
                    }
                }));
            }
            for (Thread each : all) {
                each.join();
            }
            assertThat(winners).hasSizeLessThanOrEqualTo(1);
            LinodeId next = new LinodeId(winners.isEmpty() ? lab.number : winners.getFirst());
            disks().takeLocks(next, 2, both);
            disks().releaseAllLocks(next, 2);
        }
    }

    @Test
    void whatIsReleasedIsUnmapped() {
        BlockDevice device = device(BlockDevice.Kind.disk, 64);
        create(disk("raw", Optional.empty(), 64));
        disks().connect(List.of(device));
        disks().takeLocks(linode, 1, List.of(device));
        assertThat(lab.mapped).containsExactly(device.image());
        disks().releaseAllLocks(linode, 1);
        assertThat(lab.mapped).isEmpty();
    }

    @Test
    void whatWasConnectedForNothingIsUnmapped() {
        BlockDevice device = device(BlockDevice.Kind.disk, 64);
        create(disk("raw", Optional.empty(), 64));
        disks().connect(List.of(device));
        disks().disconnect(List.of(device));
        assertThat(lab.mapped).isEmpty();
    }

    @Test
    void thePoolItselfShutsARevokedHostOutUntilItsNextRegistration() {
        HostRef first = new HostRef(h1, 1);
        lab.pool(h1).lease().acquire(POOL, first);
        lab.pool(h2).lease().revoke(POOL, first, 0);
        assertThat(blocklist()).contains(lab.address(h1) + ":0/0");
        lab.mapped.add("left over");
        assertThat(lab.pool(h1).lease().acquire(POOL, first)).isEqualTo(Renewal.revoked);
        assertThat(blocklist()).contains(lab.address(h1) + ":0/0");
        assertThat(lab.pool(h1).lease().acquire(POOL, new HostRef(h1, 2))).isEqualTo(Renewal.renewed);
        assertThat(lab.mapped).containsExactly("unmapped all");
        assertThat(blocklist()).doesNotContain(lab.address(h1) + ":0/0");
    }

    private String blocklist() {
        return lab.pool(h2).quick().ask("{\"prefix\":\"osd blocklist ls\",\"format\":\"json\"}");
    }

    private Optional<String> create(DiskSpec disk) {
        return answer(disks().createDisk(POOL, linode, disk, Optional.empty()));
    }

    private DiskSpec disk(String filesystem, Optional<String> image, long sizeMib) {
        return new DiskSpec(new DiskId(lab.number), "d", sizeMib, filesystem, image, Optional.empty());
    }

    private BlockDevice device(BlockDevice.Kind kind, long sizeMib) {
        return new BlockDevice("sda", kind, lab.number, POOL, sizeMib);
    }

    private DiskStore disks() {
        return lab.pool(h1).disks();
    }

    private RbdImages images() {
        return new RbdImages(lab.pool(h1).bulk());
    }

    private static <T> T answer(java.util.concurrent.CompletionStage<T> later) {
        return CephLab.answer(later);
    }

    private void image(String name, long size, long... sevens) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(lab.images.resolve(name).toFile(), "rw")) {
            file.setLength(size);
            for (long at : sevens) {
                file.seek(at);
                file.write(7);
            }
        }
    }

    private byte[] bytes(String name, long... offsets) {
        byte[] found = new byte[offsets.length];
        RbdLibrary rbd = lab.pool(h1).bulk().libraries().rbd();
        images().writing(name, image -> {
            try (Memory one = new Memory(1)) {
                for (int i = 0; i < offsets.length; i++) {
                    assertThat(rbd.rbd_read(image, offsets[i], 1, one)).isEqualTo(1);
                    found[i] = one.getByte(0);
                }
            }
            return true;
        });
        return found;
    }
}

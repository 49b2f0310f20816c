package lpm.hostagent.disks.ceph;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.disks.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I24 on a real cluster: what was deleted or cut off is in no object of the pool, as Ceph's own client reads them. */
@Tag("ceph")
class CephScrubTest {
    private static final PoolId POOL = PoolId.of("pool-us-east");
    private static final long MIB = 1024 * 1024;
    private static final long SIZE_MIB = 64;
    private static final byte[] CANARY = "of a Linode that was deleted".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    Path copies;

    private CephLab lab;

    @BeforeEach
    void start() throws IOException {
        lab = new CephLab();
    }

    @AfterEach
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void nothingOfADeletedDiskIsInThePool() throws IOException {
        make();
        plant("disk-" + lab.number, 63);
        plant("volume-" + lab.number, 0);
        assertThat(objectsWithCanary()).hasSize(2);

        CephLab.answer(disks().delete(device(BlockDevice.Kind.disk)));
        CephLab.answer(disks().delete(device(BlockDevice.Kind.volume)));
        assertThat(objectsWithCanary()).isEmpty();

        make();
        assertThat(read("disk-" + lab.number, 63)).containsOnly((byte) 0);
        assertThat(read("volume-" + lab.number, 0)).containsOnly((byte) 0);
    }

    @Test
    void whatWasCutOffDoesNotComeBack() throws IOException {
        make();
        plant("disk-" + lab.number, 2);
        plant("disk-" + lab.number, 63);
        assertThat(objectsWithCanary()).hasSize(2);

        CephLab.answer(disks().resize(device(BlockDevice.Kind.disk), 1));
        assertThat(objectsWithCanary()).isEmpty();
        CephLab.answer(disks().resize(device(BlockDevice.Kind.disk), SIZE_MIB));
        assertThat(read("disk-" + lab.number, 2)).containsOnly((byte) 0);
        assertThat(read("disk-" + lab.number, 63)).containsOnly((byte) 0);
    }

    private void make() {
        DiskSpec raw = new DiskSpec(new DiskId(lab.number), "d", SIZE_MIB, "raw", Optional.empty(), Optional.empty());
        CephLab.answer(disks().createDisk(POOL, new LinodeId(lab.number), raw, Optional.empty()));
        CephLab.answer(disks().createVolume(device(BlockDevice.Kind.volume), Optional.empty()));
    }

    private DiskStore disks() {
        return lab.pool(lab.host(1)).disks();
    }

    private BlockDevice device(BlockDevice.Kind kind) {
        return new BlockDevice("sda", kind, lab.number, POOL, SIZE_MIB);
    }

    private void plant(String name, long atMib) {
        use(name, (rbd, image, bytes) -> {
            bytes.write(0, CANARY, 0, CANARY.length);
            return rbd.rbd_write(image, atMib * MIB, CANARY.length, bytes);
        });
    }

    private byte[] read(String name, long atMib) {
        byte[] found = new byte[CANARY.length];
        use(name, (rbd, image, bytes) -> {
            long length = rbd.rbd_read(image, atMib * MIB, CANARY.length, bytes);
            bytes.read(0, found, 0, found.length);
            return length;
        });
        return found;
    }

    private interface Use {
        long on(RbdLibrary rbd, Pointer image, Memory bytes);
    }

    private void use(String name, Use use) {
        CephCluster cluster = lab.pool(lab.host(1)).bulk();
        new RbdImages(cluster).writing(name, image -> {
            try (Memory bytes = new Memory(CANARY.length)) {
                assertThat(use.on(cluster.libraries().rbd(), image, bytes)).isGreaterThanOrEqualTo(0);
                return true;
            }
        });
    }

    private List<String> objectsWithCanary() throws IOException {
        List<String> objects =
                rados("ls").lines().filter(each -> each.startsWith("rbd_data.")).toList();
        List<String> found = new ArrayList<>();
        for (String each : objects) {
            Path copy = copies.resolve("object");
            Files.deleteIfExists(copy);
            rados("get", each, copy.toString());
            if (contains(Files.readAllBytes(copy))) {
                found.add(each);
            }
        }
        return found;
    }

    private static boolean contains(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(new String(CANARY, StandardCharsets.ISO_8859_1));
    }

    private static String rados(String... arguments) {
        List<String> command = new ArrayList<>(List.of("rados", "-c", CephLab.conf(), "-p", CephLab.poolName()));
        command.addAll(List.of(arguments));
        return Programs.run("ceph-common", command.toArray(new String[0]));
    }
}

package lpm.hostagent.hypervisor.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.Nic;
import lpm.contracts.PoolId;
import lpm.contracts.Resources;
import org.junit.jupiter.api.Test;

class DomainXmlTest {
    private static final PoolId POOL = PoolId.of("pool-us-east");
    private static final BlockDevice ROOT = new BlockDevice("sda", BlockDevice.Kind.disk, 4, POOL, 256);
    private static final BlockDevice VOLUME = new BlockDevice("sdc", BlockDevice.Kind.volume, 9, POOL, 1_024);
    private static final DomainTag TAG = new DomainTag(LinodeId.of(7), 3, 2, Optional.of("order-1"), Optional.empty());

    private final DevicePaths paths = device -> "/dev/lpm/rbd/" + device.image();

    @Test
    void whatIsWrittenIsRead() {
        DomainSeenXml read = DomainSeenXml.read(xml("pvh").domain(TAG, spec("linode/latest-64bit", "web"), paths));
        assertThat(read.tag()).contains(TAG);
        assertThat(read.devices()).containsExactly(ROOT, VOLUME);
    }

    @Test
    void theMigrationsTargetCarriesItsOwnTag() {
        String source = xml("pvh").domain(TAG, spec("linode/latest-64bit", "web"), paths);
        DomainTag moved = TAG.moved(MigrationId.of(55), 4);
        DomainSeenXml target = DomainSeenXml.read(DomainSeenXml.read(source).with(moved));
        assertThat(target.tag()).contains(moved);
        assertThat(target.devices()).containsExactly(ROOT, VOLUME);
    }

    @Test
    void slotsAreXensVirtualDisks() {
        String text = xml("pvh").domain(TAG, spec("linode/latest-64bit", "web"), paths);
        assertThat(text).contains("<target dev=\"xvda\"").contains("<target dev=\"xvdc\"");
        assertThat(text).contains("<source dev=\"/dev/lpm/rbd/disk-4\"").contains("root=/dev/xvda");
    }

    @Test
    void aLabelNeverGetsIntoTheXml() {
        String text = xml("pv").domain(TAG, spec("linode/latest-64bit", "x</name><script path='/evil'/>"), paths);
        assertThat(text).doesNotContain("evil").contains("<name>linode-7</name>");
    }

    @Test
    void domainTypesDiffer() {
        assertThat(xml("pvh").domain(TAG, spec("linode/latest-64bit", "web"), paths))
                .contains("machine=\"xenpvh\">xenpvh<");
        assertThat(xml("pv").domain(TAG, spec("linode/latest-64bit", "web"), paths))
                .contains("machine=\"xenpv\">linux<");
    }

    @Test
    void aBootLoaderReadsItsCommandLineFromTheDisk() {
        String text = xml("pvh").domain(TAG, spec("linode/grub2", "web"), paths);
        assertThat(text).contains("<kernel>/kernels/linode-grub2/kernel</kernel>");
        assertThat(text).doesNotContain("initrd").doesNotContain("cmdline");
    }

    @Test
    void theFirstAddressIsToldToTheInitrd() {
        assertThat(xml("pvh").domain(TAG, spec("linode/latest-64bit", "web"), paths))
                .contains("ip=198.18.0.2::198.18.0.1:255.255.128.0::eth0:off");
    }

    @Test
    void aLinodeHasTheSameUuidEverywhere() {
        assertThat(DomainXml.uuid(TAG)).isEqualTo(DomainXml.uuid(TAG.moved(MigrationId.of(9), 8)));
        DomainTag other = new DomainTag(LinodeId.of(8), 3, 2, Optional.empty(), Optional.empty());
        assertThat(DomainXml.uuid(TAG)).isNotEqualTo(DomainXml.uuid(other));
    }

    @Test
    void disksOfOthersAreNotOurs() {
        assertThat(DiskSerial.parse("sda", "WD-WCC4E1234567")).isEmpty();
        assertThat(DiskSerial.parse("sda", DiskSerial.of(ROOT))).contains(ROOT);
    }

    private static DomainXml xml(String type) {
        return new DomainXml(new XenSettings(
                HostId.of("h1"),
                URI.create("xen+tcp://192.0.2.1/system"),
                "192.0.2.1",
                List.of("lpm-dom0"),
                List.of(POOL),
                type,
                "/kernels",
                "br0",
                100));
    }

    private static BootSpec spec(String kernel, String label) {
        return new BootSpec(
                2,
                label,
                new Resources(1, 128),
                kernel,
                "/dev/sda",
                List.of(ROOT, VOLUME),
                List.of(new Nic("f2:3c:00:00:00:07", List.of("198.18.0.2/17", "2001:db8:1::7/128"))));
    }
}

package lpm.hostagent.hypervisor.xen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.Nic;
import lpm.contracts.PoolId;
import lpm.contracts.Resources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** What is written goes through a real libvirt and comes back. PV's own word is taken by Xen's driver only. */
class RoundTripTest {
    private static final PoolId POOL = PoolId.of("pool-us-east");
    private static final DomainTag TAG =
            new DomainTag(LinodeId.of(7), 3, 2, Optional.of("0199-\"order\" <1>"), Optional.of(MigrationId.of(11)));

    private final TestDriver driver;

    RoundTripTest() throws LibvirtException {
        driver = new TestDriver();
    }

    @AfterEach
    void close() throws LibvirtException {
        driver.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linode/latest-64bit", "linode/grub2"})
    void tagAndDevicesComeBack(String kernel) throws LibvirtException {
        String written = written(kernel);
        Domain domain = driver.libvirt.domainCreateXML(written, 0);
        RoundTrip.same(written, domain.getXMLDesc(0));
        assertThat(DomainSeenXml.read(domain.getXMLDesc(0)).memoryMib()).isEqualTo(128);
    }

    /** The target's XML is what the source's libvirt shows, with another tag: libvirt must take that too. */
    @Test
    void whatAMigrationsTargetIsToldIsTaken() throws LibvirtException {
        Domain source = driver.libvirt.domainCreateXML(written("linode/latest-64bit"), 0);
        DomainTag moved = TAG.moved(MigrationId.of(12), 4);
        String told = DomainSeenXml.read(source.getXMLDesc(0)).with(moved);
        source.destroy();
        String target = driver.libvirt.domainCreateXML(told, 0).getXMLDesc(0);
        RoundTrip.same(told, target);
        assertThat(DomainSeenXml.read(target).tag()).contains(moved);
    }

    private String written(String kernel) {
        XenSettings base = driver.settings();
        XenSettings settings = new XenSettings(
                base.host(), base.uri(), base.address(), base.dom0(), base.pools(), "pvh", base.kernels(), "br7", 100);
        BootSpec spec = new BootSpec(
                2,
                "web",
                new Resources(1, 128),
                kernel,
                "/dev/sda",
                List.of(
                        new BlockDevice("sda", BlockDevice.Kind.disk, 4, POOL, 256),
                        new BlockDevice("sdh", BlockDevice.Kind.volume, 9, POOL, 1_024)),
                List.of(new Nic("f2:3c:00:00:00:07", List.of("198.18.0.2/17", "2001:db8:1::7/128"))));
        return new DomainXml(settings).domain(TAG, spec, device -> "/dev/lpm/rbd/" + device.image());
    }
}

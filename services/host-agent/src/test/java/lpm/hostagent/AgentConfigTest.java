package lpm.hostagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import lpm.contracts.PoolId;
import lpm.hostagent.XenConfig.DomainType;
import lpm.hostagent.disks.pools.PoolSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentConfigTest {
    private final Map<String, String> env = new HashMap<>(Map.of(
            "LPM_HOST", "h1",
            "LPM_REGION", "us-east",
            "LPM_KAFKA", "127.0.0.1:9092",
            "LPM_DATA", "/var/lib/lpm",
            "LPM_PORT", "9000",
            "LPM_HYPERVISOR", "xen+tcp://192.0.2.1/system",
            "LPM_ADDRESS", "192.0.2.1",
            "LPM_DOM0", "ssh -i key root@192.0.2.1  /usr/sbin/lpm-dom0",
            "LPM_POOLS", "pool-us-east=rbd:/etc/ceph.conf:rbd,pool-x=dir:/srv/pool",
            "LPM_WATCHDOG", "/dev/watchdog"));

    @Test
    void aSimulatedHostNeedsNothingMore() {
        env.put("LPM_HYPERVISOR", "simulated:/run/h1.sock");
        env.remove("LPM_DOM0");
        assertThat(AgentConfig.of(env).xen()).isEmpty();
    }

    @Test
    void aXenHostIsToldItsPoolsItsAddressAndItsWayIntoDom0() {
        XenConfig xen = AgentConfig.of(env).xen().orElseThrow();
        assertThat(xen.uri()).isEqualTo("xen+tcp://192.0.2.1/system");
        assertThat(xen.dom0()).containsExactly("ssh", "-i", "key", "root@192.0.2.1", "/usr/sbin/lpm-dom0");
        assertThat(xen.pools().pools())
                .containsExactly(
                        entry(PoolId.of("pool-us-east"), new PoolSetting.Rbd(Path.of("/etc/ceph.conf"), "rbd")),
                        entry(PoolId.of("pool-x"), new PoolSetting.Dir(Path.of("/srv/pool"))));
        assertThat(xen.bridge()).isEqualTo("br0");
        assertThat(xen.kernels()).isEqualTo("/usr/lib/lpm/kernels");
        assertThat(xen.domainType()).isEqualTo(DomainType.pvh);
        assertThat(xen.images()).isEqualTo(Path.of("/var/lib/lpm/images"));
        assertThat(xen.linkMibPerSecond()).isEqualTo(110);
    }

    @Test
    void whatMayBeLeftOutIsTakenWhereItIsGiven() {
        env.putAll(Map.of(
                "LPM_IMAGES", "/srv/images",
                "LPM_WATCHDOG", "unix:/run/dog",
                "LPM_BRIDGE", "br7",
                "LPM_DOMAIN_TYPE", "pv",
                "LPM_KERNELS", "/boot/lpm"));
        XenConfig xen = AgentConfig.of(env).xen().orElseThrow();
        assertThat(xen.images()).isEqualTo(Path.of("/srv/images"));
        assertThat(xen.watchdog()).isEqualTo("unix:/run/dog");
        assertThat(xen.bridge()).isEqualTo("br7");
        assertThat(xen.domainType()).isEqualTo(DomainType.pv);
        assertThat(xen.kernels()).isEqualTo("/boot/lpm");
    }

    @ParameterizedTest
    @CsvSource({
        "LPM_ADDRESS, '', With a libvirt URI in LPM_HYPERVISOR, 'LPM_ADDRESS must be set'",
        "LPM_POOLS, '', With a libvirt URI, 'LPM_POOLS must be set'",
        "LPM_DOM0, '', With a libvirt URI, 'LPM_DOM0 must be set'",
        "LPM_WATCHDOG, '', With a libvirt URI, 'LPM_WATCHDOG must be set'",
        "LPM_POOLS, pool-x, 'LPM_POOLS: expected <pool>=rbd', 'found \"pool-x\": there is no ='",
        "LPM_POOLS, pool-x=dir:, 'LPM_POOLS: expected <pool>=rbd', 'a path must begin with /'",
        "LPM_LINK_MIB_PER_SECOND, fast, LPM_LINK_MIB_PER_SECOND must be a number above 0, 'found fast; correct it.'",
        "LPM_DOMAIN_TYPE, hvm, LPM_DOMAIN_TYPE must be pvh or pv, 'found hvm; correct it.'",
        "LPM_HYPERVISOR, qemu:///system, LPM_HYPERVISOR must be simulated:, 'found qemu:///system; correct it.'",
        "LPM_PORT, many, LPM_PORT must be a number, 'found many'",
    })
    void whatIsMissingOrWrongIsToldInOneSentence(String name, String value, String start, String part) {
        env.put(name, value);
        assertThatThrownBy(() -> AgentConfig.of(env))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(start)
                .hasMessageContaining(part);
    }
}

package lpm.hostagent.disks.ceph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.host.Telemetry.PoolState;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.lease.PoolLease.Renewal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What breaks a cluster, or this machine's access to it: only on a cluster that serves nobody else. */
@Tag("ceph")
class CephBrokenTest {
    private static final PoolId POOL = PoolId.of("p");

    private CephLab lab;
    private HostId h1;

    @BeforeEach
    void start() throws IOException {
        lab = new CephLab();
        h1 = lab.host(1);
    }

    @AfterEach
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void aLostOsdMakesThePoolDegradedNotUnavailable() {
        CephLab.needed("LPM_TEST_CEPH_BREAK", "true, if the cluster serves nobody else,");
        CephPool pool = lab.pool(h1);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(pool.health().look()).satisfies(it -> {
                    assertThat(it.state()).isEqualTo(PoolState.ok);
                    assertThat(it.replicas()).isEqualTo(3);
                    assertThat(it.capacityMib()).isPositive();
                    assertThat(it.usedMib()).isPositive();
                }));
        pool.quick().ask("{\"prefix\":\"osd set\",\"key\":\"noup\"}");
        try {
            pool.quick().ask("{\"prefix\":\"osd down\",\"ids\":[\"0\"]}");
            assertThat(pool.health().look()).satisfies(it -> {
                assertThat(it.state()).isEqualTo(PoolState.degraded);
                assertThat(it.detail()).contains("1 osds down");
            });
            BlockDevice volume = new BlockDevice("sda", BlockDevice.Kind.volume, lab.number, POOL, 64);
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(PortUnreachable.class)
                    .until(() -> CephLab.answer(pool.disks().createVolume(volume, Optional.empty())) == 64);
            pool.quick().ask("{\"prefix\":\"osd down\",\"ids\":[\"1\"]}");
            assertThat(pool.health().look().state()).isEqualTo(PoolState.unavailable);
        } finally {
            pool.quick().ask("{\"prefix\":\"osd unset\",\"key\":\"noup\"}");
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> pool.health().look().state() == PoolState.ok);
    }

    /** Objects whose primary is another OSD are still served. */
    @Test
    void anOsdThatHangsIsNotWaitedForLongerThanTheLimit() throws Exception {
        String pid =
                CephLab.needed("LPM_TEST_CEPH_OSD", "the process id of an OSD, if its cluster serves nobody else,");
        CephPool pool = lab.pool(h1);
        List<BlockDevice> eight = IntStream.range(0, 8)
                .mapToObj(i -> new BlockDevice("sd" + (char) ('a' + i), BlockDevice.Kind.disk, 7 + i, POOL, 64))
                .toList();
        LinodeId linode = new LinodeId(lab.number);
        pool.disks().takeLocks(linode, 1, eight);
        signal("-STOP", pid);
        try {
            long before = System.nanoTime();
            assertThatThrownBy(() -> pool.disks().takeLocks(linode, 2, eight)).isInstanceOf(PortUnreachable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        } finally {
            signal("-CONT", pid);
        }
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(PortUnreachable.class)
                .until(() -> {
                    pool.disks().takeLocks(linode, 2, eight);
                    return true;
                });
        pool.disks().releaseAllLocks(linode, 2);
    }

    private static void signal(String which, String pid) throws Exception {
        assertThat(new ProcessBuilder("kill", which, pid).start().waitFor()).isZero();
    }

    /** An agent inside dom0: the fence of its host hits itself too. */
    @Test
    void anAgentThatIsShutOutItselfLearnsWhyAndComesBackWithItsNextRegistration() {
        String address = CephLab.needed("LPM_TEST_CEPH_ADDRESS", "this machine's address as the cluster sees it,");
        CephPool pool = lab.pool(h1, address);
        HostRef first = new HostRef(h1, 1);
        BlockDevice volume = new BlockDevice("sda", BlockDevice.Kind.volume, lab.number, POOL, 64);
        assertThat(pool.lease().acquire(POOL, first)).isEqualTo(Renewal.renewed);
        CephLab.answer(pool.disks().createVolume(volume, Optional.empty()));
        pool.lease().revoke(POOL, first, 0);
        await().untilAsserted(() -> assertThatThrownBy(() -> pool.disks().connect(List.of(volume)))
                .isInstanceOf(PortRefusal.class)
                .hasMessageContaining("shuts this host out"));
        assertThat(pool.lease().renew(POOL, first)).isEqualTo(Renewal.revoked);
        assertThat(pool.lease().acquire(POOL, first)).isEqualTo(Renewal.revoked);
        await().ignoreExceptionsInstanceOf(PortUnreachable.class)
                .until(() -> pool.lease().acquire(POOL, new HostRef(h1, 2)) == Renewal.renewed);
        assertThat(lab.mapped).containsExactly("unmapped all");
        assertThat(CephLab.answer(pool.disks().resize(volume, 128))).isEqualTo(128);
        pool.disks().connect(List.of(volume));
    }
}

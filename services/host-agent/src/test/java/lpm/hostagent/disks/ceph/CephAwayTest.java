package lpm.hostagent.disks.ceph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.host.Telemetry.PoolState;
import lpm.hostagent.disks.Dom0Map;
import lpm.hostagent.disks.RawImages;
import lpm.hostagent.hypervisor.PortUnreachable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without any cluster: nobody waits longer than ten seconds for one. */
class CephAwayTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void aClusterThatIsAwayIsUnreachableWithinTheLimit() throws IOException {
        Path conf = Files.writeString(
                folder.resolve("ceph.conf"),
                "[global]\nmon host=[v1:127.0.0.1:1]\nauth client required=none\nlog file=\n");
        HostId self = HostId.of("h1");
        try (CephPool pool = new CephPool(self, "", conf, "rbd", new Dom0Map(), new RawImages(folder), Runnable::run)) {
            long before = System.nanoTime();
            assertThatThrownBy(() -> pool.disks().takeLocks(new LinodeId(1), 1, List.of()))
                    .isInstanceOf(PortUnreachable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LIMIT);
            assertThatThrownBy(() -> pool.lease().renew(PoolId.of("p"), new HostRef(self, 1)))
                    .isInstanceOf(PortUnreachable.class)
                    .hasMessageContaining("no answer in time");
            assertThat(pool.health().look().state()).isEqualTo(PoolState.unavailable);
        } catch (IllegalStateException missing) {
            assertThat(missing).hasMessageEndingWith("missing: install librados2 and librbd1");
        }
    }
}

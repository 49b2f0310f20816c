package lpm.hostagent.disks.ceph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import lpm.contracts.host.Telemetry.PoolState;
import lpm.hostagent.disks.ceph.CephHealth.Redundancy;
import lpm.platform.json.Json;
import org.junit.jupiter.api.Test;

class CephHealthTest {
    @Test
    void fewerOsdsThanCopiesIsDegradedAndFewerThanTheLeastIsUnavailable() {
        assertThat(CephHealth.state(new Redundancy(3, 2, 3, 3), Set.of("MGR_DOWN", "MON_DISK_LOW")))
                .isEqualTo(PoolState.ok);
        assertThat(CephHealth.state(new Redundancy(3, 2, 3, 2), Set.of())).isEqualTo(PoolState.degraded);
        assertThat(CephHealth.state(new Redundancy(3, 2, 2, 2), Set.of())).isEqualTo(PoolState.degraded);
        assertThat(CephHealth.state(new Redundancy(3, 2, 5, 5), Set.of("PG_DEGRADED")))
                .isEqualTo(PoolState.degraded);
        assertThat(CephHealth.state(new Redundancy(3, 2, 3, 1), Set.of())).isEqualTo(PoolState.unavailable);
        assertThat(CephHealth.state(new Redundancy(3, 2, 3, 3), Set.of("PG_AVAILABILITY")))
                .isEqualTo(PoolState.unavailable);
    }

    @Test
    void countsOsdsAndFindsThePool() {
        String map = "{\"pools\":[{\"pool_name\":\"vms\",\"size\":3,\"min_size\":2}],"
                + "\"osds\":[{\"in\":1,\"up\":1},{\"in\":1,\"up\":0},{\"in\":0,\"up\":0}]}";
        assertThat(CephHealth.redundancy(Json.tree(map), "vms")).contains(new Redundancy(3, 2, 2, 1));
        assertThat(CephHealth.redundancy(Json.tree(map), "other")).isEmpty();
    }
}

package lpm.storage.pool;

import static lpm.storage.Some.A;
import static lpm.storage.Some.B;
import static lpm.storage.Some.POOL;
import static lpm.storage.Some.POOL2;
import static lpm.storage.Some.REGION;
import static lpm.storage.Some.knowing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.platform.rows.InMemoryRows;
import org.junit.jupiter.api.Test;

class PoolsTest {
    private final PoolUse use = new PoolUse();
    private final Pools pools = new Pools(Pool.parse("rbd1:us-east:100, rbd2:us-east:100"), use);

    @Test
    void choosesThePoolWithTheMostRoom() {
        InMemoryRows rows = new InMemoryRows();
        rows.put("disk_view", "1", Map.of("id", 1, "pool", "rbd1", "size_mib", 40 * 1024));
        rows.put("volume_view", "9", Map.of("id", 9, "pool", "rbd2", "size_mib", 30 * 1024));
        use.look(Instant.EPOCH, rows);
        assertThat(pools.choose(REGION, 10)).contains(POOL2);
        assertThat(pools.choose(REGION, 70)).contains(POOL2);
        assertThat(pools.choose(REGION, 71)).isEmpty();
        assertThat(pools.choose(Region.of("eu-west"), 1)).isEmpty();
    }

    @Test
    void spreadsWorkOverTheLiveHosts() {
        InMemoryRows rows = knowing(A, B);
        assertThat(Pools.worker(REGION, POOL, 0, rows)).contains(A);
        assertThat(Pools.worker(REGION, POOL, 1, rows)).contains(B);
        assertThat(Pools.worker(REGION, POOL2, 1, rows)).isEmpty();
    }

    @Test
    void refusesAConfigurationItCannotRead() {
        assertThat(Pool.parse(Pool.DEFAULT)).isEqualTo(List.of(new Pool(PoolId.of("pool-us-east"), REGION, 1_048_576)));
        assertThatThrownBy(() -> Pool.parse("rbd1")).hasMessageContaining("found rbd1");
        assertThatThrownBy(() -> Pool.parse("rbd1:us-east:0")).hasMessageContaining("found 0");
    }
}

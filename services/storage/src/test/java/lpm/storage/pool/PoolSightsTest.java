package lpm.storage.pool;

import static lpm.storage.Some.A;
import static lpm.storage.Some.B;
import static lpm.storage.Some.POOL;
import static lpm.storage.Some.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.host.Telemetry.PoolSeen;
import lpm.contracts.host.Telemetry.PoolState;
import lpm.platform.rows.InMemoryRows;
import org.junit.jupiter.api.Test;

class PoolSightsTest {
    private final PoolSights sights = new PoolSights();
    private final Pool pool = Pool.parse("rbd1:us-east:100").getFirst();

    @Test
    void showsTheWorstThatAHostTellsAndWhoTold() {
        assertThat(PoolJson.of(pool, 1, sights).health()).isEqualTo("unknown");
        hear(A, PoolState.ok);
        assertThat(PoolJson.of(pool, 1, sights).health()).isEqualTo("ok");
        hear(B, PoolState.degraded);
        PoolJson shown = PoolJson.of(pool, 1, sights);
        assertThat(shown.health()).isEqualTo("degraded");
        assertThat(shown.replicas()).contains(3);
        assertThat(shown.seen()).extracting(PoolJson.Sight::by).containsExactly("b", "a");
        hear(B, PoolState.ok);
        assertThat(PoolJson.of(pool, 1, sights).health()).isEqualTo("ok");
    }

    @Test
    void forgetsWhatNobodyTellsAnyMore() {
        hear(A, PoolState.ok);
        var at = sights.of(POOL).getFirst().at();
        sights.look(at.plus(PoolSights.FORGET_AFTER), new InMemoryRows());
        assertThat(sights.of(POOL)).hasSize(1);
        sights.look(at.plus(PoolSights.FORGET_AFTER).plusMillis(1), new InMemoryRows());
        assertThat(sights.of(POOL)).isEmpty();
    }

    @Test
    void showsWhereALinodesBytesLieAndHowTheirPoolIs() {
        InMemoryRows rows = new InMemoryRows();
        rows.put("known_linode_view", "7", Map.of("linode", 7, "account", 1, "region", "us-east", "label", "web"));
        rows.put("disk_view", "3", Map.of("id", 3, "linode", 7, "pool", "rbd1", "size_mib", 2048, "phase", "ready"));
        rows.put("disk_view", "4", Map.of("id", 4, "linode", 8, "pool", "rbd1", "size_mib", 2048, "phase", "ready"));
        rows.put(
                "volume_view",
                "9",
                Map.of("id", 9, "linode_id", 7, "pool", "rbd2", "size_mib", 10240, "status", "active"));
        hear(A, PoolState.degraded);
        LinodeBytes bytes = new LinodeBytes(rows, sights);
        assertThat(bytes.of(7)).hasValueSatisfying(it -> {
            assertThat(it.label()).isEqualTo("web");
            assertThat(it.devices())
                    .containsExactly(
                            new LinodeBytes.Device(
                                    "disk", 3, "rbd1", 2048, "ready", "degraded", Optional.of(3), "1 osds down"),
                            new LinodeBytes.Device(
                                    "volume",
                                    9,
                                    "rbd2",
                                    10240,
                                    "active",
                                    "unknown",
                                    Optional.empty(),
                                    "no host has told of this pool lately"));
        });
        assertThat(bytes.of(99)).isEmpty();
    }

    private void hear(HostRef by, PoolState state) {
        String detail = state == PoolState.ok ? "" : "1 osds down";
        sights.hear(told(new PoolSeen(by, POOL, "rbd", state, 3, 2_048, 512, detail), 1));
    }
}

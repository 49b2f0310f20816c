package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lpm.cli.Api;
import lpm.cli.ApiFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operators follow the events as they happen, through the public port. */
@ExtendWith(CloudExtension.class)
class LiveEventsTest {
    private static final String EVENTS = "/ops/v1/events";
    private static final long LIMIT_SECONDS = 60;

    @Test
    void tellsWhatHappensWhileItIsReadAndReadsOnAfterTheLastOne(Tenant tenant) throws InterruptedException {
        long linode = tenant.createRunning("followed");
        ObjectNode filter = Api.object().put("aggregate_id", "linode:" + linode);
        List<Long> listed = tenant.operator().list(EVENTS, filter).stream()
                .map(LiveEventsTest::position)
                .toList();
        assertThat(listed).hasSizeGreaterThan(3);

        BlockingQueue<JsonNode> live = follow(tenant, filter, String.valueOf(listed.get(1)));
        for (long position : listed.subList(2, listed.size())) {
            assertThat(position(next(live))).isEqualTo(position);
        }
        tenant.api().put(Tenant.INSTANCES + "/" + linode, Api.object().put("label", "renamed"));

        assertThat(next(live).path("data").toString()).contains("renamed");
        tenant.delete(linode);
    }

    @Test
    void onlyOperatorsMayFollow(Tenant tenant) {
        assertThatThrownBy(() -> tenant.api().follow(EVENTS, Api.object(), "", _ -> {}))
                .isInstanceOfSatisfying(
                        ApiFailure.class, e -> assertThat(e.status()).isIn(401, 403));
        assertThatThrownBy(() -> tenant.operator().follow(EVENTS, Api.object(), "yesterday", _ -> {}))
                .isInstanceOfSatisfying(
                        ApiFailure.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    private static BlockingQueue<JsonNode> follow(Tenant tenant, ObjectNode filter, String last) {
        BlockingQueue<JsonNode> live = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> tenant.operator().follow(EVENTS, filter, last, live::add));
        return live;
    }

    private static JsonNode next(BlockingQueue<JsonNode> live) throws InterruptedException {
        JsonNode event = live.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(event).as("an event within %d s", LIMIT_SECONDS).isNotNull();
        return event;
    }

    private static long position(JsonNode event) {
        return event.path("position").asLong();
    }
}

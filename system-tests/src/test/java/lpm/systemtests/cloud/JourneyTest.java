package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import lpm.cli.Api;
import lpm.cli.ApiFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Linode's whole life through the public API, on real processes, real Kafka, real PostgreSQL, simulated Xen. */
@ExtendWith(CloudExtension.class)
class JourneyTest {

    @Test
    void aLinodeIsCreatedUsedMovedAndDeleted(Tenant tenant) {
        long linode = tenant.createRunning("journey");
        String before = tenant.hostUuid(linode);

        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/migrate"));
        tenant.await(
                "the Linode on another host", () -> !tenant.hostUuid(linode).equals(before), true);
        tenant.awaitStatus(linode, "running");

        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/reboot"));
        tenant.await("the reboot finished", () -> finished(tenant, "linode_reboot", linode), true);
        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/shutdown"));
        tenant.awaitStatus(linode, "offline");
        tenant.retryBusy(() -> tenant.api()
                .post(Tenant.INSTANCES + "/" + linode + "/resize", Api.object().put("type", "g6-standard-1")));
        tenant.await("the new type", () -> tenant.linode(linode).path("type").asText(), "g6-standard-1");
        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/boot"));
        tenant.awaitStatus(linode, "running");
        tenant.retryBusy(() -> tenant.api()
                .post(
                        Tenant.INSTANCES + "/" + linode + "/rebuild",
                        Api.object().put("image", "linode/debian12").put("root_pass", "another horse 7 battery")));
        tenant.await("the rebuild finished", () -> finished(tenant, "linode_rebuild", linode), true);
        tenant.awaitStatus(linode, "running");

        tenant.delete(linode);
        assertThatThrownBy(() -> tenant.linode(linode))
                .isInstanceOfSatisfying(
                        ApiFailure.class, e -> assertThat(e.status()).isEqualTo(404));
    }

    @Test
    void aVolumeIsAttachedResizedDetachedAndDeleted(Tenant tenant) {
        long linode = tenant.createRunning("with-volume");
        long volume = tenant.api()
                .post(
                        "/v4/volumes",
                        Api.object().put("label", "data").put("size", 20).put("region", "us-east"))
                .id();
        tenant.await("the volume active", () -> status(tenant, volume), "active");
        JsonNode attached = tenant.api()
                .post("/v4/volumes/" + volume + "/attach", Api.object().put("linode_id", linode))
                .body();
        assertThat(attached.path("linode_id").asLong()).isEqualTo(linode);
        tenant.await("the attach finished", () -> finishedVolume(tenant, "volume_attach", volume), true);

        assertThatThrownBy(() -> tenant.api().delete("/v4/volumes/" + volume))
                .isInstanceOfSatisfying(
                        ApiFailure.class, e -> assertThat(e.status()).isEqualTo(400));
        tenant.api().post("/v4/volumes/" + volume + "/resize", Api.object().put("size", 30));
        tenant.await("the resize finished", () -> finishedVolume(tenant, "volume_resize", volume), true);
        tenant.api().post("/v4/volumes/" + volume + "/detach");
        tenant.await("the detach finished", () -> finishedVolume(tenant, "volume_detach", volume), true);
        tenant.api().delete("/v4/volumes/" + volume);
        tenant.await("the volume gone", () -> tenant.api().list("/v4/volumes").size(), 0);
        tenant.delete(linode);
    }

    @Test
    void aHostIsEmptiedWhileItsLinodesRun(Tenant tenant) {
        long linode = tenant.createRunning("drained");
        String host = tenant.host(linode);
        tenant.operator().post("/ops/v1/hosts/" + host + "/drain", Api.object().put("max_parallel", 2));
        tenant.awaitNothingHeld(host);
        assertThat(tenant.host(linode)).isNotEqualTo(host);
        assertThat(tenant.status(linode)).isIn("running", "migrating");
        tenant.operator().post("/ops/v1/hosts/" + host + "/uncordon");
        tenant.awaitHost(host, "active");
        tenant.awaitStatus(linode, "running");
        tenant.delete(linode);
    }

    @Test
    void theHistoryTellsEveryStateOfALinode(Tenant tenant) {
        long linode = tenant.createRunning("told");
        List<JsonNode> events = tenant.events("linode/" + linode);
        assertThat(events)
                .extracting(each -> each.path("type").asText())
                .startsWith("scheduler.LinodeCreated")
                .contains("scheduler.LinodePlaced", "scheduler.LinodeSecretWanted", "scheduler.LinodeBooted");
        assertThat(events).allSatisfy(each -> {
            assertThat(each.path("state").isMissingNode()).isFalse();
            assertThat(each.path("causation_id").isMissingNode()
                            && each.path("causationId").isMissingNode())
                    .as("a cause of " + each)
                    .isFalse();
        });
        tenant.delete(linode);
    }

    private static String status(Tenant tenant, long volume) {
        return tenant.api().get("/v4/volumes/" + volume).path("status").asText();
    }

    private static boolean finished(Tenant tenant, String action, long linode) {
        return finished(tenant, action, "linode", linode);
    }

    private static boolean finishedVolume(Tenant tenant, String action, long volume) {
        return finished(tenant, action, "volume", volume);
    }

    private static boolean finished(Tenant tenant, String action, String type, long id) {
        return tenant.api().list("/v4/account/events").stream()
                .anyMatch(each -> each.path("action").asText().equals(action)
                        && each.path("entity").path("type").asText().equals(type)
                        && each.path("entity").path("id").asLong() == id
                        && each.path("status").asText().equals("finished"));
    }
}

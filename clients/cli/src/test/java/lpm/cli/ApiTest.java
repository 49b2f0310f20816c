package lpm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTest {
    private FakeApi server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeApi();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void gathersAllPagesOfAList() {
        server.then(200, "{\"data\":[{\"id\":1}],\"page\":1,\"pages\":2,\"results\":2}")
                .then(200, "{\"data\":[{\"id\":2}],\"page\":2,\"pages\":2,\"results\":2}");
        assertThat(server.api().list("/v4/volumes", Api.object().put("label", "x")))
                .extracting(row -> row.path("id").asInt())
                .containsExactly(1, 2);
        assertThat(server.asked.getLast().path()).isEqualTo("/v4/volumes?page=2&page_size=500");
        assertThat(server.asked.getLast().headers()).containsEntry("X-filter", List.of("{\"label\":\"x\"}"));
    }

    @Test
    void tellsTheReasonsOfARefusal() {
        server.then(
                400,
                "{\"errors\":[{\"reason\":\"region is not valid\",\"field\":\"region\"},{\"reason\":\"Linode busy.\"}]}");
        assertThatThrownBy(() -> server.api().post("/v4/linode/instances"))
                .isInstanceOf(ApiFailure.class)
                .hasMessage("region: region is not valid; Linode busy. (400 to POST /v4/linode/instances)");
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void saysAWriteAgainWithTheSameKeyWhenTheServiceAsksToRetry() {
        server.then(503, Map.of("Retry-After", "1"), "{\"errors\":[{\"reason\":\"later\"}]}")
                .then(200, Map.of("X-Event-Id", "17"), "{\"id\":4}");
        Answer answer = server.api().post("/v4/volumes", Api.object().put("label", "x"));
        assertThat(answer.id()).isEqualTo(4);
        assertThat(answer.eventId()).hasValue(17);
        assertThat(server.asked).extracting(FakeApi.Asked::body).containsOnly("{\"label\":\"x\"}");
        assertThat(server.asked)
                .extracting(asked -> asked.headers().get("Idempotency-key"))
                .hasSize(2)
                .doesNotContainNull()
                .satisfies(keys -> assertThat(keys.get(0)).isEqualTo(keys.get(1)));
    }

    @Test
    void namesTheAddressThatDoesNotAnswer() {
        assertThatThrownBy(() -> new Api("http://127.0.0.1:1", "").get("/v4/account"))
                .isInstanceOf(ApiFailure.class)
                .hasMessageContaining("No answer from http://127.0.0.1:1 to GET /v4/account");
    }

    @Test
    void waitsForAnActionToFinishAndTellsItsProgress() {
        server.then(200, activity("started", 40)).then(200, activity("finished", 100));
        List<Integer> percents = new ArrayList<>();
        new Activities(server.api())
                .finished(
                        "linode_boot",
                        "linode",
                        1,
                        0,
                        Duration.ofSeconds(10),
                        activity ->
                                percents.add(activity.path("percent_complete").asInt()));
        assertThat(percents).containsExactly(40, 100);
    }

    @Test
    void failsWhenTheActionFails() {
        server.then(200, activity("failed", 0));
        assertThatThrownBy(() -> waitFor("linode_boot", Duration.ofSeconds(10)))
                .hasMessageContaining("found that linode_boot failed");
    }

    @Test
    void tellsWhatItFoundWhenItTakesTooLong() {
        server.then(200, activity("started", 7));
        assertThatThrownBy(() -> waitFor("linode_boot", Duration.ZERO))
                .hasMessage("Expected linode_boot of linode 1 finished within 0 s; found it started at 7 %.");
        assertThatThrownBy(() -> waitFor("linode_migrate", Duration.ZERO))
                .hasMessage("Expected linode_migrate of linode 1 finished within 0 s; found no such event.");
    }

    private void waitFor(String action, Duration limit) {
        new Activities(server.api()).finished(action, "linode", 1, 0, limit, _ -> {});
    }

    private static String activity(String status, int percent) {
        return "{\"data\":[{\"id\":5,\"action\":\"linode_boot\",\"status\":\"" + status + "\",\"percent_complete\":"
                + percent + "}],\"page\":1,\"pages\":1,\"results\":1}";
    }
}

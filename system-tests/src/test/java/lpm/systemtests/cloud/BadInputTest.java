package lpm.systemtests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import lpm.cli.Api;
import lpm.systemtests.cloud.HttpProbe.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is answered with the contract's exact errors, and nothing happens. */
@ExtendWith(CloudExtension.class)
class BadInputTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"type\":\"g6-nanode-1\",\"region\":\"nowhere\"}` | region | region is not valid",
                "`{\"type\":\"g6-enormous-1\",\"region\":\"us-east\"}` | type | ",
                "`{\"type\":\"g6-nanode-1\",\"region\":\"us-east\",\"image\":\"linode/plan9\",\"root_pass\":\"long horse 1 pass\"}` | image | ",
                "`{\"type\":\"g6-nanode-1\",\"region\":\"us-east\",\"image\":\"linode/debian12\"}` | | Must provide valid root_pass, authorized_keys, or authorized_users",
                "`{\"type\":\"g6-nanode-1\",\"region\":\"us-east\",\"label\":\"a\"}` | label | ",
                "`{\"type\":\"g6-nanode-1\",\"region\":\"us-east\",\"label\":\"two--dashes\"}` | label | ",
                "`{\"region\":\"us-east\"}` | type | ",
                "`{\"type\":17,\"region\":\"us-east\"}` | type | ",
            })
    void wrongOrdersNameTheirField(String body, String field, String reason, Tenant tenant) throws Exception {
        Answer answer = HttpProbe.post(tenant, Tenant.INSTANCES, body);
        assertThat(answer.status()).isEqualTo(400);
        JsonNode error = Api.JSON.readTree(answer.body()).path("errors").path(0);
        if (field != null) {
            assertThat(error.path("field").asText()).isEqualTo(field);
        }
        if (reason != null) {
            assertThat(error.path("reason").asText()).isEqualTo(reason);
        }
        assertThat(error.path("reason").asText()).isNotBlank();
        assertThat(tenant.api().list(Tenant.INSTANCES)).isEmpty();
    }

    static Stream<String> malformed() {
        return Stream.of("{", "[]", "\"text\"", "{\"type\":NaN}", "[".repeat(100_000), "{\"a\":".repeat(5_000) + "1");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("malformed")
    void whatIsNoJsonObjectIsRefused(String body, Tenant tenant) throws Exception {
        Answer answer = HttpProbe.post(tenant, Tenant.INSTANCES, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(Api.JSON
                        .readTree(answer.body())
                        .path("errors")
                        .path(0)
                        .path("reason")
                        .asText())
                .isNotBlank();
    }

    @Test
    void anOversizedBodyIsRefused(Tenant tenant) throws Exception {
        Answer answer = HttpProbe.post(tenant, Tenant.INSTANCES, "{\"label\":\"" + "x".repeat(2_000_000) + "\"}");
        assertThat(answer.status()).isIn(400, 413);
        assertThat(Api.JSON.readTree(answer.body()).path("errors").isArray()).isTrue();
    }

    @Test
    void somebodyElsesLinodeIsNotFound(Tenant owner, Tenant stranger) throws Exception {
        long linode = owner.create("mine");
        for (String path : new String[] {"", "/disks", "/configs", "/ips"}) {
            Answer answer =
                    HttpProbe.send(stranger.token(), "GET", stranger, Tenant.INSTANCES + "/" + linode + path, "");
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.body()).contains("Not found");
        }
        Answer answer =
                HttpProbe.send(stranger.token(), "POST", stranger, Tenant.INSTANCES + "/" + linode + "/shutdown", "{}");
        assertThat(answer.status()).isEqualTo(404);
        owner.delete(linode);
    }

    @Test
    void aReadOnlyTokenMayNotWrite(Tenant tenant) throws Exception {
        String token = tenant.newToken("ro", "linodes:read_only").path("token").asText();
        tenant.await("the token known", () -> HttpProbe.code(token, "GET", tenant, Tenant.INSTANCES, ""), 200);
        assertThat(HttpProbe.code(
                        token,
                        "POST",
                        tenant,
                        Tenant.INSTANCES,
                        Tenant.order("no").toString()))
                .isEqualTo(403);
        assertThat(tenant.api().list(Tenant.INSTANCES)).isEmpty();
    }

    @Test
    void aRevokedTokenIsRefusedEverywhereWithinASecond(Tenant tenant) throws Exception {
        JsonNode issued = tenant.newToken("gone", "*");
        String token = issued.path("token").asText();
        tenant.await("known to the scheduler", () -> HttpProbe.code(token, "GET", tenant, Tenant.INSTANCES, ""), 200);
        tenant.await("known to storage", () -> HttpProbe.code(token, "GET", tenant, "/v4/volumes", ""), 200);
        tenant.api().delete("/v4/profile/tokens/" + issued.path("id").asLong());
        long deadline = System.nanoTime() + 1_000_000_000L;
        for (String path : new String[] {Tenant.INSTANCES, "/v4/volumes", "/v4/account/events"}) {
            int code;
            do {
                code = HttpProbe.code(token, "GET", tenant, path, "");
            } while (code == 200 && System.nanoTime() < deadline);
            assertThat(code).as(path).isEqualTo(401);
        }
    }

    @Test
    void aBusyLinodeSaysSo(Tenant tenant) throws Exception {
        long linode = tenant.createRunning("busy");
        tenant.retryBusy(() -> tenant.api().post(Tenant.INSTANCES + "/" + linode + "/shutdown"));
        Answer answer = HttpProbe.post(tenant, Tenant.INSTANCES + "/" + linode + "/migrate", "{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(Api.JSON.readTree(answer.body()).path("errors").toString())
                .isEqualTo("[{\"reason\":\"Linode busy.\"}]");
        tenant.delete(linode);
    }

    @Test
    void anUnknownPathIsAJsonNotFound(Tenant tenant) throws Exception {
        assertThat(HttpProbe.code(tenant.token(), "GET", tenant, "/v4/nodebalancers", ""))
                .isEqualTo(404);
        assertThat(HttpProbe.code(tenant.token(), "GET", tenant, "/nowhere", ""))
                .isEqualTo(404);
        assertThat(HttpProbe.code(tenant.token(), "GET", tenant, "/v4/account/availability/nowhere", ""))
                .isEqualTo(404);
        assertThat(HttpProbe.code("", "GET", tenant, Tenant.INSTANCES, "")).isEqualTo(401);
        assertThat(HttpProbe.code(tenant.token(), "GET", tenant, "/ops/v1/hosts", ""))
                .isEqualTo(401);
    }
}

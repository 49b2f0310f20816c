package lpm.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer account;
    private HttpServer scheduler;
    private Router router;

    @BeforeEach
    void start() throws IOException {
        account = echo("account");
        scheduler = echo("scheduler");
        int nobody = 1;
        router = new Router(
                0,
                Map.of(
                        "account", account.getAddress().getPort(),
                        "scheduler", scheduler.getAddress().getPort(),
                        "storage", nobody));
    }

    @AfterEach
    void stop() {
        router.close();
        account.stop(0);
        scheduler.stop(0);
    }

    /** Answers with its own name and what it was asked. */
    private static HttpServer echo(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = String.join(
                            " ",
                            name,
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            String.valueOf(exchange.getRequestHeaders().getFirst("X-Filter")),
                            body)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Kept", "yes");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void handsARequestOverUnchanged() throws Exception {
        HttpResponse<String> answer = send(request("/v4/linode/instances/7/boot?page=2&a=%2F")
                .header("X-Filter", "{\"a\": 1}")
                .POST(BodyPublishers.ofString("{\"b\": 2}"))
                .build());
        assertThat(answer.body())
                .isEqualTo("scheduler POST /v4/linode/instances/7/boot?page=2&a=%2F {\"a\": 1} {\"b\": 2}");
        assertThat(answer.headers().firstValue("X-Kept")).hasValue("yes");
    }

    @Test
    void takesTheFirstMatchByWholeSegments() throws Exception {
        assertThat(get("/v4/linode/stackscripts/5").body()).startsWith("account ");
        assertThat(get("/v4/linode/stackscriptsx").body()).startsWith("scheduler ");
        assertThat(get("/v4/linodes").statusCode()).isEqualTo(404);
    }

    @Test
    void servesTheBetaRootAsTheStableOne() throws Exception {
        assertThat(get("/v4beta/account?x=1").body()).startsWith("account GET /v4/account?x=1 ");
        assertThat(get("/v4betax/account").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAnUnknownPathWithTheErrorEnvelope() throws Exception {
        HttpResponse<String> answer = get("/v4/nodebalancers");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"errors\":[{\"reason\":\"Not found\"}]}");
    }

    @Test
    void tellsToRetryWhileAServiceIsDown() throws Exception {
        HttpResponse<String> answer = get("/v4/volumes");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.body()).contains("\"errors\"");
    }

    @Test
    void refusesABodyBeyondTheLimitAndPassesOneAtIt() throws Exception {
        int limit = 4 << 20;
        assertThat(send(request("/v4/account")
                                .PUT(BodyPublishers.ofByteArray(new byte[limit + 1]))
                                .build())
                        .statusCode())
                .isEqualTo(413);
        assertThat(send(request("/v4/account")
                                .PUT(BodyPublishers.ofByteArray(new byte[limit]))
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void knowsAServiceForEveryRoute() {
        assertThat(List.of("/v4/account", "/v4/regions", "/ops/v1/hosts", "/ops/v1/streams/linode/1/events"))
                .allSatisfy(path -> assertThat(Routes.load().serviceOf(path)).isPresent());
        assertThat(Routes.load().serviceOf("/ops/v1/migrations/3")).hasValue("migration");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + router.port() + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

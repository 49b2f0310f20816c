package lpm.systemtests.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Raw requests, for what no well-behaved client sends; nothing is tried again. */
final class HttpProbe {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpProbe() {}

    /** What came back; {@code retryAfter} in seconds, -1 without. */
    record Answer(int status, String body, long retryAfter) {}

    static Answer post(Tenant tenant, String path, String body) {
        return send(tenant.token(), "POST", tenant, path, body);
    }

    static int code(String token, String method, Tenant tenant, String path, String body) {
        return send(token, method, tenant, path, body).status();
    }

    static Answer post(Tenant tenant, String path, String body, String key) {
        return answer(request(tenant.token(), "POST", tenant, path, body).header("Idempotency-Key", key));
    }

    static Answer send(String token, String method, Tenant tenant, String path, String body) {
        return answer(request(token, method, tenant, path, body));
    }

    private static HttpRequest.Builder request(String token, String method, Tenant tenant, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(tenant.cloud().api() + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private static Answer answer(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            long retryAfter = response.headers().firstValueAsLong("Retry-After").orElse(-1);
            return new Answer(response.statusCode(), response.body(), retryAfter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

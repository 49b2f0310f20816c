package lpm.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small client of the REST API. It obeys Retry-After; a write carries an idempotency key, so that saying it again is
 * harmless.
 */
public final class Api {
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final int TRIES = 20;
    private static final long LONGEST_PAUSE_SECONDS = 10;
    private static final int PAGE_SIZE = 500;
    private static final int MAX_PAGES = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String base;
    private final String token;

    public Api(String base, String token) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.token = token;
    }

    /** The same API for somebody else. */
    public Api as(String otherToken) {
        return new Api(base, otherToken);
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    public JsonNode get(String path) {
        return send("GET", path, "", Map.of()).body();
    }

    /** All rows of a list, over its pages. */
    public List<JsonNode> list(String path) {
        return list(path, object());
    }

    /** All rows that a filter lets through. */
    public List<JsonNode> list(String path, ObjectNode filter) {
        List<JsonNode> rows = new ArrayList<>();
        Map<String, String> headers = filter.isEmpty() ? Map.of() : Map.of("X-Filter", filter.toString());
        int pages = 1;
        for (int page = 1; page <= pages && page <= MAX_PAGES; page++) {
            String query = (path.contains("?") ? "&" : "?") + "page=" + page + "&page_size=" + PAGE_SIZE;
            JsonNode answer = send("GET", path + query, "", headers).body();
            if (answer.isArray()) {
                answer.forEach(rows::add);
                return rows;
            }
            answer.path("data").forEach(rows::add);
            pages = answer.path("pages").asInt(1);
        }
        return rows;
    }

    public Answer post(String path, ObjectNode body) {
        return send("POST", path, body.toString(), idempotent());
    }

    /** A POST whose answer holds a secret: it is told once and not kept, so it carries no idempotency key. */
    public Answer postOnce(String path, ObjectNode body) {
        return send("POST", path, body.toString(), Map.of());
    }

    public Answer post(String path) {
        return post(path, object());
    }

    public Answer put(String path, ObjectNode body) {
        return send("PUT", path, body.toString(), Map.of());
    }

    public Answer delete(String path) {
        return send("DELETE", path, "", Map.of());
    }

    /** Where a stream of events ended: the id to read on from, and why, where that was said. */
    public record Ending(String last, String reason) {}

    /**
     * Follows server-sent events until the other side ends them.
     *
     * @param last the id of the event before the first one wanted; empty for what happens from now on
     */
    public Ending follow(String path, ObjectNode filter, String last, Consumer<JsonNode> each) {
        Map<String, String> headers = new HashMap<>();
        if (!filter.isEmpty()) {
            headers.put("X-Filter", filter.toString());
        }
        if (!last.isEmpty()) {
            headers.put("Last-Event-ID", last);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token);
        headers.forEach(request::header);
        HttpResponse<Stream<String>> response = exchange(request.build(), BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() >= 300) {
                throw ApiFailure.of(
                        "GET",
                        path,
                        response.statusCode(),
                        parse(response.statusCode(), lines.collect(Collectors.joining())));
            }
            EventLines events = new EventLines(last, each);
            lines.forEach(events::take);
            return events.ending();
        } catch (UncheckedIOException e) {
            throw new ApiFailure(ApiFailure.UNREACHABLE, "The events of " + base + " broke off: " + e.getMessage());
        }
    }

    private static Map<String, String> idempotent() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }

    private Answer send(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER_LIMIT)
                .header("Accept", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        HttpRequest built = request.build();
        HttpResponse<String> response = exchange(built, BodyHandlers.ofString());
        for (int i = 1; i < TRIES && worthRetrying(response); i++) {
            pause(response);
            response = exchange(built, BodyHandlers.ofString());
        }
        JsonNode answer = parse(response.statusCode(), response.body());
        if (response.statusCode() >= 300) {
            throw ApiFailure.of(method, path, response.statusCode(), answer);
        }
        return new Answer(answer, response.headers().firstValueAsLong("X-Event-Id"));
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new ApiFailure(
                    ApiFailure.UNREACHABLE,
                    "No answer from " + base + " to " + request.method() + " "
                            + request.uri().getPath() + ": " + e + ". Is ./lpm up running?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiFailure(ApiFailure.UNREACHABLE, "Interrupted.");
        }
    }

    private static boolean worthRetrying(HttpResponse<String> response) {
        int status = response.statusCode();
        return (status == TOO_MANY_REQUESTS || status == UNAVAILABLE)
                && response.headers().firstValue("Retry-After").isPresent();
    }

    private static void pause(HttpResponse<String> response) {
        OptionalLong seconds = response.headers().firstValueAsLong("Retry-After");
        pause(Duration.ofSeconds(Math.clamp(seconds.orElse(1), 1, LONGEST_PAUSE_SECONDS)));
    }

    /** Between two looks. */
    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiFailure(ApiFailure.UNREACHABLE, "Interrupted.");
        }
    }

    private static JsonNode parse(int status, String body) {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return tree(body);
        } catch (IllegalArgumentException e) {
            throw new ApiFailure(
                    status,
                    "Expected JSON with status " + status + ", found: "
                            + body.lines().findFirst().orElse(""));
        }
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected JSON, found: " + text, e);
        }
    }
}

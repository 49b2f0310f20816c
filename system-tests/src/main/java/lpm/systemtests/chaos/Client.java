package lpm.systemtests.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import lpm.cli.Api;
import lpm.systemtests.cloud.Tenant;

/** Asks once and tells what was said: a client that tries again would hide what a fault did to its request. */
final class Client {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Tenant tenant;

    Client(Tenant tenant) {
        this.tenant = tenant;
    }

    /** What a write came to, as far as its client knows. */
    enum Said {
        acknowledged,
        /** It had no effect, now and for ever. */
        refused,
        /** It may have had its effect or not, or may still have it. */
        unknown
    }

    /** An answer; the body is empty where there is none. */
    record Answer(Said said, int status, JsonNode body) {}

    Answer send(String method, String path, ObjectNode body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(tenant.cloud().api() + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + tenant.token())
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(said(response.statusCode()), response.statusCode(), parse(response.body()));
        } catch (IOException _) {
            return new Answer(Said.unknown, 0, Api.object());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A 503 is unknown: it may be the router's word about a service that died after it had stored. */
    private static Said said(int status) {
        if (status < 300) {
            return Said.acknowledged;
        }
        return status < 500 ? Said.refused : Said.unknown;
    }

    private static JsonNode parse(String body) {
        try {
            return body.isBlank() ? Api.object() : Api.JSON.readTree(body);
        } catch (JsonProcessingException _) {
            return Api.object();
        }
    }
}

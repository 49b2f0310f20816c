package lpm.platform.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What holds for every answer, also for those no resource gives: headers, the body's size, preflights. */
@Singleton
final class HttpEdge {
    /** Largest request body, in bytes. */
    static final long MAX_BODY_BYTES = 256 * 1024;

    private static final int FIRST = 1000;
    private static final String TOO_LARGE = "{\"errors\":[{\"reason\":\"Request is too large\"}]}";

    void register(@Observes Filters filters) {
        filters.register(HttpEdge::handle, FIRST);
    }

    private static void handle(RoutingContext routing) {
        setHeaders(routing.response().headers());
        MultiMap asked = routing.request().headers();
        if (!asked.contains("Content-Type")) {
            // a POST without a body is as good as one with an empty object
            asked.set("Content-Type", "application/json");
        }
        if (routing.request().method().equals(HttpMethod.OPTIONS)) {
            routing.response().end();
        } else if (length(routing) > MAX_BODY_BYTES) {
            routing.response()
                    .setStatusCode(413)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Connection", "close")
                    .end(TOO_LARGE);
        } else {
            routing.next();
        }
    }

    private static long length(RoutingContext routing) {
        String text = routing.request().getHeader("Content-Length");
        return text == null ? 0 : Numbers.parse(text).orElse(Long.MAX_VALUE);
    }

    private static void setHeaders(MultiMap headers) {
        headers.set("Access-Control-Allow-Origin", "*");
        headers.set(
                "Access-Control-Allow-Headers",
                "Authorization, Origin, X-Requested-With, Content-Type, Accept, X-Filter, Idempotency-Key");
        headers.set("Access-Control-Allow-Methods", "HEAD, GET, OPTIONS, POST, PUT, DELETE");
        headers.set("Access-Control-Expose-Headers", "X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Status, X-Event-Id");
        headers.set("Vary", "Authorization, X-Filter");
        headers.set("Cache-Control", "private, max-age=0, s-maxage=0, no-cache, no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Content-Security-Policy", "default-src 'none'");
    }
}

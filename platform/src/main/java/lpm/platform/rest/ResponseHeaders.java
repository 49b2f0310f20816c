package lpm.platform.rest;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** What every answer says about the token, the scopes it needed and the rate limit. */
@Singleton
public final class ResponseHeaders {
    private final Call call;

    public ResponseHeaders(Call call) {
        this.call = call;
    }

    @ServerResponseFilter
    public void filter(ContainerResponseContext answer) {
        MultivaluedMap<String, Object> headers = answer.getHeaders();
        String scopes = call.callerIfAny().map(Caller::scopeText).orElse("unknown");
        headers.putSingle("X-OAuth-Scopes", scopes);
        headers.putSingle("X-Accepted-OAuth-Scopes", call.needs().isEmpty() ? "*" : String.join(",", call.needs()));
        call.rate().ifPresent(rate -> {
            headers.putSingle("X-RateLimit-Limit", rate.limit());
            headers.putSingle("X-RateLimit-Remaining", rate.remaining());
            headers.putSingle("X-RateLimit-Reset", rate.resetEpochSeconds());
        });
        call.eventId().ifPresent(id -> headers.putSingle("X-Event-Id", id));
    }
}

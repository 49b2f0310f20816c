package lpm.platform.rest;

import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import lpm.contracts.Limits;
import lpm.platform.Lookup;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets a request in, or answers 401, 403, 429 or 503 before any resource sees it. */
@Singleton
public final class TokenFilter {
    private static final int GENERAL_WINDOW_SECONDS = 120;
    private static final int CREATE_WINDOW_SECONDS = 30;

    private final Access access;
    private final RateLimits limits;
    private final AccountPulse pulse;
    private final Call call;
    private final Clock clock = Clock.systemUTC();

    public TokenFilter(Lookup rows, TokenHash hash, RateLimits limits, AccountPulse pulse, Call call) {
        this.access = new Access(hash, KnownTokens.lookup(rows));
        this.limits = limits;
        this.pulse = pulse;
        this.call = call;
    }

    /** Runs on the endpoint's own thread, before the body is read. */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    public Optional<Response> filter(ContainerRequestContext http, ResourceInfo endpoint) {
        Guard guard = Guard.of(endpoint.getResourceClass(), endpoint.getResourceMethod())
                .orElseThrow(() -> new IllegalStateException("no guard at " + endpoint.getResourceMethod()));
        call.enter(http, null, guard.scopes());
        String authorization = http.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (guard.open() && authorization == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        boolean writes = !http.getMethod().equals("GET") && !http.getMethod().equals("HEAD");
        Access.Question question =
                new Access.Question(authorization, Access.audienceOf(path(http)), guard.scopes(), writes);
        return switch (access.check(question, now)) {
            case Access.Granted granted -> {
                call.admitted(() -> access.check(question, clock.instant()) instanceof Access.Granted);
                yield admit(http, guard, granted.caller(), writes, now);
            }
            case Access.Unknown _ -> Optional.of(unknown());
            case Access.Denied denied -> {
                call.enter(http, denied.caller(), guard.scopes());
                yield Optional.of(error(Response.Status.FORBIDDEN, denied.reason()));
            }
        };
    }

    private Optional<Response> admit(
            ContainerRequestContext http, Guard guard, Caller caller, boolean writes, Instant now) {
        call.enter(http, caller, guard.scopes());
        RateLimits.Verdict verdict = rate(guard, caller, now);
        call.limited(verdict);
        if (!verdict.allowed()) {
            return Optional.of(json(Response.Status.TOO_MANY_REQUESTS, "Too many requests")
                    .header(HttpHeaders.RETRY_AFTER, verdict.retryAfterSeconds())
                    .build());
        }
        if (writes && !pulse.alive()) {
            return Optional.of(ApiErrors.comeBack("Nothing was heard from the account service for too long"));
        }
        return Optional.empty();
    }

    private RateLimits.Verdict rate(Guard guard, Caller caller, Instant now) {
        Limits allowed = caller.limits();
        String key = String.valueOf(caller.tokenId());
        RateLimits.Verdict general = limits.take(key, allowed.requestsPer2Minutes(), GENERAL_WINDOW_SECONDS, now);
        if (!guard.createLimited() || !general.allowed()) {
            return general;
        }
        return limits.take(key + "/create", allowed.createsPer30Seconds(), CREATE_WINDOW_SECONDS, now);
    }

    private static String path(ContainerRequestContext http) {
        return http.getUriInfo().getPath();
    }

    private static Response unknown() {
        return error(Response.Status.UNAUTHORIZED, "Invalid Token");
    }

    private static Response error(Response.Status status, String reason) {
        return json(status, reason).build();
    }

    /** JSON, whatever the endpoint itself would have answered with. */
    private static Response.ResponseBuilder json(Response.Status status, String reason) {
        return Response.status(status).entity(ErrorJson.of(reason)).type(MediaType.APPLICATION_JSON_TYPE);
    }
}

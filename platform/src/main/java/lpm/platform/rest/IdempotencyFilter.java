package lpm.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Gives the first answer again to a POST repeated with its {@code Idempotency-Key}. Only successes are remembered: what
 * was refused may be tried again under the same key.
 */
@Singleton
public final class IdempotencyFilter {
    static final String HEADER = "Idempotency-Key";

    /** Longest key, in characters. */
    static final int MAX_KEY_CHARACTERS = 128;

    private final IdempotencyKeys keys;
    private final TokenHash hash;
    private final ObjectMapper mapper;
    private final Call call;

    public IdempotencyFilter(IdempotencyKeys keys, TokenHash hash, ObjectMapper mapper, Call call) {
        this.keys = keys;
        this.hash = hash;
        this.mapper = mapper;
        this.call = call;
    }

    @ServerRequestFilter(priority = BodyFilter.PRIORITY + 100)
    public Optional<Response> before(ContainerRequestContext http, ResourceInfo endpoint) {
        String key = http.getHeaderString(HEADER);
        if (key == null
                || !http.getMethod().equals("POST")
                || call.callerIfAny().isEmpty()) {
            return Optional.empty();
        }
        if (!key.matches("[\\x21-\\x7e]{1," + MAX_KEY_CHARACTERS + "}")) {
            return refused("Must be 1-" + MAX_KEY_CHARACTERS + " visible ASCII characters");
        }
        if (endpoint.getResourceMethod().isAnnotationPresent(OneTimeAnswer.class)) {
            return refused("This answer holds a secret and is not kept");
        }
        String path = http.getUriInfo().getRequestUri().getRawPath();
        String request = path + "\n" + new String(call.body(), StandardCharsets.UTF_8);
        return switch (keys.claim(call.account().value(), key, hash.of(request))) {
            case IdempotencyKeys.Claim.Fresh fresh -> {
                call.idempotent(fresh.held(), () -> keys.accept(fresh.held()));
                yield Optional.empty();
            }
            case IdempotencyKeys.Claim.Repeat repeat -> Optional.of(again(repeat.answer()));
            case IdempotencyKeys.Claim.Running _ -> refused("The first request with this key is still being served");
            case IdempotencyKeys.Claim.Lost _ ->
                refused("The first request with this key was carried out, but its answer was lost");
            case IdempotencyKeys.Claim.Other _ -> refused("This key was used for another request");
        };
    }

    private Response again(IdempotencyKeys.Answer answer) {
        answer.eventId().ifPresent(call::eventId);
        return Response.status(answer.status())
                .entity(answer.body())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("Idempotent-Replay", "true")
                .build();
    }

    /** Keeps the answer, or frees the key. */
    @ServerResponseFilter
    public void after(ContainerResponseContext answer) throws JsonProcessingException {
        Optional<IdempotencyKeys.Held> held = call.held();
        if (held.isEmpty()) {
            return;
        }
        if (answer.getStatus() / 100 == 2) {
            String body = mapper.writeValueAsString(answer.getEntity());
            keys.keep(held.get(), new IdempotencyKeys.Answer(answer.getStatus(), call.eventId(), body));
        } else {
            keys.release(held.get());
        }
    }

    private static Optional<Response> refused(String reason) {
        return Optional.of(
                Response.status(400).entity(ErrorJson.of(HEADER, reason)).build());
    }
}

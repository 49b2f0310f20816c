package lpm.platform.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import lpm.platform.Refusal;
import lpm.platform.StoreUnavailable;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every way a request can fail, in the API's one error shape. Nothing of the inside shows. */
@Singleton
public final class ApiErrors {
    /** When to try a busy Linode again, in seconds. */
    static final int BUSY_RETRY_SECONDS = 2;

    private static final int STORE_RETRY_SECONDS = 1;
    private static final Logger LOG = Logger.getLogger(ApiErrors.class);

    @ServerExceptionMapper
    public Response refused(Refused refused) {
        return of(refused.refusal());
    }

    /** The answer to a refusal. */
    static Response of(Refusal refusal) {
        int status =
                switch (refusal.kind()) {
                    case invalid -> 400;
                    case forbidden -> 403;
                    case notFound -> 404;
                };
        Response.ResponseBuilder answer = json(status, ErrorJson.of(refusal));
        boolean busy = refusal.equals(Refusal.busy());
        return busy ? answer.header(HttpHeaders.RETRY_AFTER, BUSY_RETRY_SECONDS).build() : answer.build();
    }

    @ServerExceptionMapper
    public Response unavailable(StoreUnavailable unavailable) {
        LOG.warnf("the store is unavailable: %s", unavailable.getMessage());
        return comeBack("The service is temporarily unavailable");
    }

    /** 503 with the time to come back. */
    static Response comeBack(String reason) {
        return json(503, ErrorJson.of(reason))
                .header(HttpHeaders.RETRY_AFTER, STORE_RETRY_SECONDS)
                .build();
    }

    @ServerExceptionMapper
    public Response mismatched(MismatchedInputException mismatch) {
        return json(400, JsonErrors.of(mismatch)).build();
    }

    @ServerExceptionMapper
    public Response badJson(JacksonException bad) {
        return json(400, JsonErrors.of(bad)).build();
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException failure) {
        if (failure.getCause() instanceof JacksonException bad) {
            return badJson(bad);
        }
        int status = failure.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(failure);
        }
        return json(status, ErrorJson.of(reason(status))).build();
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable failure) {
        UUID id = TimeOrderedId.at(Instant.now());
        LOG.errorf(failure, "request failed, error %s", id);
        return json(500, ErrorJson.of("An unexpected error occurred (" + id + ")"))
                .build();
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 404 -> "Not found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Only application/json is served";
            case 413 -> "Request is too large";
            case 415 -> "Content-Type must be application/json";
            default -> "Request refused (" + status + ")";
        };
    }

    private static Response.ResponseBuilder json(int status, ErrorJson errors) {
        return Response.status(status).entity(errors).type(MediaType.APPLICATION_JSON_TYPE);
    }
}

package lpm.platform.rest;

import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Reads a whole body of bounded size before anything looks at it; no body at all counts as an empty object. */
@Singleton
public final class BodyFilter {
    static final int PRIORITY = Priorities.AUTHENTICATION + 100;

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private final Call call;

    public BodyFilter(Call call) {
        this.call = call;
    }

    @ServerRequestFilter(priority = PRIORITY)
    public Optional<Response> read(ContainerRequestContext http) throws IOException {
        if (!http.getMethod().equals("POST") && !http.getMethod().equals("PUT")) {
            return Optional.empty();
        }
        int max = (int) HttpEdge.MAX_BODY_BYTES;
        InputStream entity = http.getEntityStream();
        byte[] body = entity.readNBytes(max + 1);
        if (body.length > max) {
            return Optional.of(Response.status(413)
                    .entity(ErrorJson.of("Request is too large"))
                    .build());
        }
        byte[] given = new String(body, StandardCharsets.UTF_8).isBlank() ? EMPTY : body;
        http.setEntityStream(new ByteArrayInputStream(given));
        call.body(given);
        return Optional.empty();
    }
}

package lpm.platform.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import lpm.platform.Streams;
import lpm.platform.Streams.StoredEvent;
import org.jspecify.annotations.Nullable;

/** The history of this service's aggregates, folded by its own {@code evolve}: every event with the state after it. */
@Path("/ops/v1/streams/{type}/{id}")
public final class HistoryResource {
    private final Call call;
    private final Streams streams;

    public HistoryResource(Call call, Streams streams) {
        this.call = call;
        this.streams = streams;
    }

    /** Oldest first, in pages. */
    @GET
    @Path("events")
    @Scopes("ops_events:read_only")
    public Page<HistoryJson> events(@PathParam("type") String type, @PathParam("id") String id) {
        String aggregate = type + ":" + id;
        long results = sequence(last(aggregate, Instant.MAX)) + 1;
        return call.paging().read(results, (limit, offset) -> page(aggregate, limit, offset));
    }

    private List<HistoryJson> page(String aggregate, int limit, long offset) {
        return streams.read(aggregate, offset, limit).stream()
                .map(HistoryJson::of)
                .toList();
    }

    /** The state after the event with this sequence, or as it was at a time, or now. */
    @GET
    @Path("state")
    @Scopes("ops_events:read_only")
    public HistoryJson state(
            @PathParam("type") String type,
            @PathParam("id") String id,
            @QueryParam("version") @Nullable String version,
            @QueryParam("at") @Nullable String at) {
        String aggregate = type + ":" + id;
        if (version != null && at != null) {
            throw Refused.of("version", "Ask for a version or a time, not for both");
        }
        if (version == null) {
            return HistoryJson.of(last(aggregate, at == null ? Instant.MAX : time(at)));
        }
        long sequence = Numbers.parse(version)
                .filter(number -> number >= 0)
                .orElseThrow(() -> Refused.of("version", "Must be an integer, 0 or greater"));
        return streams.read(aggregate, sequence, 1).stream()
                .findFirst()
                .map(HistoryJson::of)
                .orElseThrow(Refused::notFound);
    }

    private StoredEvent last(String aggregate, Instant at) {
        return streams.lastAt(aggregate, at).orElseThrow(Refused::notFound);
    }

    private static long sequence(StoredEvent stored) {
        return Objects.requireNonNull(stored.event().sequence(), "a stored event has a sequence");
    }

    private static Instant time(String text) {
        return ApiTime.parse(text).or(() -> precise(text)).orElseThrow(() -> Refused.of("at", "Must be a UTC time"));
    }

    private static Optional<Instant> precise(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}

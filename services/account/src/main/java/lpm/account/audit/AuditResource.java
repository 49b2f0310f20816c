package lpm.account.audit;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import lpm.account.audit.AuditView.Kind;
import lpm.account.audit.AuditView.Row;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.Query.Condition.Compare;
import lpm.platform.Query.Operator;
import lpm.platform.rest.Call;
import lpm.platform.rest.LiveAnswer;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;
import org.jspecify.annotations.Nullable;

/** What happened, for operators: searchable, in audit order, and what was laid aside. */
@Path("/ops/v1")
public final class AuditResource {
    /** Readers of the live events at once. */
    static final int MAX_READERS = 32;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern POSITIONS = Pattern.compile("[0-9]{1,18}");
    private static final String POSITION = "position";

    private final Call call;
    private final Lookup rows;
    private final Semaphore readers = new Semaphore(MAX_READERS);

    public AuditResource(Call call, Lookup rows) {
        this.call = call;
        this.rows = rows;
    }

    /** Every record of every topic; X-Filter by aggregate, correlation, actor, time, type. */
    @GET
    @Path("audit")
    @Scopes("ops_events:read_only")
    public Page<Row> audit() {
        return call.page(AuditView.TABLE, Query.all().orderBy(POSITION, false), Row.class);
    }

    /** Signed hashes of the audit, newest first, for whoever keeps them elsewhere. */
    @GET
    @Path("audit/checkpoints")
    @Scopes("ops_events:read_only")
    public Page<CheckpointView.Row> checkpoints() {
        return call.page(CheckpointView.TABLE, CheckpointView.newestFirst(), CheckpointView.Row.class);
    }

    /** Events after a position, in audit order: read on from the last one's position. */
    @GET
    @Path("events")
    @Produces(MediaType.APPLICATION_JSON)
    @Scopes("ops_events:read_only")
    public Page<Row> events(@QueryParam("after") @Nullable Long after) {
        Query events = Query.where("kind", Kind.event.name())
                .and(new Compare(POSITION, Operator.greater, Optional.of(after == null ? 0L : after)))
                .orderBy(POSITION, false);
        return call.page(AuditView.TABLE, events, Row.class);
    }

    /**
     * The same events as they come, as server-sent events: those after the one that the reader had last, or after
     * {@code after}, or from now on.
     */
    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Scopes("ops_events:read_only")
    public void live(
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String last,
            @QueryParam("after") @Nullable Long after,
            @Context SseEventSink sink,
            @Context Sse sse) {
        Optional<Query.Condition> filter = call.filtered(Query.all(), Row.class).where();
        BooleanSupplier admission = call.admission();
        long from = last != null
                ? position(last)
                : after != null ? after : AuditTrail.newest(rows).position();
        LiveAnswer reader = new LiveAnswer(sink, sse, PATIENCE);
        if (!readers.tryAcquire()) {
            reader.end("there are " + MAX_READERS + " readers already");
            return;
        }
        EventTail tail = new EventTail(rows, filter, from, admission, reader);
        Thread.ofVirtual().name("event-tail").start(() -> {
            try {
                tail.run();
            } finally {
                readers.release();
            }
        });
    }

    private static long position(String eventId) {
        if (!POSITIONS.matcher(eventId).matches()) {
            throw Refused.of(HttpHeaders.LAST_EVENT_ID_HEADER, "Must be the id of an event");
        }
        return Long.parseLong(eventId);
    }

    /** Records that services laid aside, oldest first; also those that were taken up again later. */
    @GET
    @Path("parked")
    @Scopes("ops_events:read_only")
    public Page<ParkedJson> parked() {
        Query parked = Query.where("kind", Kind.parked.name()).orderBy(POSITION, false);
        return call.page(AuditView.TABLE, parked, Row.class).map(ParkedJson::of);
    }

    /** A record that was laid aside. */
    public record ParkedJson(
            long position,
            String service,
            String topic,
            String key,
            String type,
            String id,
            String reason,
            String parkedAt) {
        static ParkedJson of(Row row) {
            String service = row.topic().split("\\.")[1];
            String told = row.reason() == null ? "" : row.reason();
            int space = told.indexOf(' ');
            String place = space < 0 ? told : told.substring(0, space);
            String why = space < 0 ? "" : told.substring(space + 1).replaceFirst("^[\\w.$]+: ", "");
            return new ParkedJson(
                    row.position(), service, place, row.key(), row.type(), row.id(), why, row.occurredAt());
        }
    }
}

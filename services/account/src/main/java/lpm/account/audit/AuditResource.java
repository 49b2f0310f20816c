package lpm.account.audit;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import lpm.account.audit.AuditView.Kind;
import lpm.account.audit.AuditView.Row;
import lpm.platform.Query;
import lpm.platform.Query.Condition.Compare;
import lpm.platform.Query.Operator;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Scopes;
import org.jspecify.annotations.Nullable;

/** What happened, for operators: searchable, in audit order, and what was laid aside. */
@Path("/ops/v1")
public final class AuditResource {
    private static final String POSITION = "position";

    private final Call call;

    public AuditResource(Call call) {
        this.call = call;
    }

    /** Every record of every topic; X-Filter by aggregate, correlation, actor, time, type. */
    @GET
    @Path("audit")
    @Scopes("ops_events:read_only")
    public Page<Row> audit() {
        return call.page(AuditView.TABLE, Query.all().orderBy(POSITION, false), Row.class);
    }

    /** Events after a position, in audit order: read on from the last one's position. */
    @GET
    @Path("events")
    @Scopes("ops_events:read_only")
    public Page<Row> events(@QueryParam("after") @Nullable Long after) {
        Query events = Query.where("kind", Kind.event.name())
                .and(new Compare(POSITION, Operator.greater, Optional.of(after == null ? 0L : after)))
                .orderBy(POSITION, false);
        return call.page(AuditView.TABLE, events, Row.class);
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

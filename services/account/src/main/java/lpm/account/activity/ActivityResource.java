package lpm.account.activity;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.account.activity.FeedCommand.MarkRead;
import lpm.account.activity.FeedCommand.MarkSeen;
import lpm.account.activity.FeedView.Row;
import lpm.account.activity.FeedView.Seen;
import lpm.account.people.People;
import lpm.account.people.People.Person;
import lpm.contracts.UserId;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.Query.Condition.Compare;
import lpm.platform.Query.Operator;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Scopes;
import org.jspecify.annotations.Nullable;

/** The feed of the caller's account; newest first unless asked otherwise. Kept for ever. */
@Path("/v4/account/events")
public final class ActivityResource {
    private final Call call;
    private final Lookup rows;
    private final People people;

    public ActivityResource(Call call, Lookup rows, People people) {
        this.call = call;
        this.rows = rows;
        this.people = people;
    }

    /** With {@code after_id} only activities with a greater id, oldest first: a cursor that misses nothing. */
    @GET
    @Scopes("events:read_only")
    public Page<ActivityJson> list(@QueryParam("after_id") @Nullable Long afterId) {
        Query own = Query.where("account_id", call.account().value());
        Query asked = afterId == null
                ? own.orderBy("id", true)
                : own.and(new Compare("id", Operator.greater, Optional.of(afterId)))
                        .orderBy("id", false);
        Map<Long, Optional<String>> names = new HashMap<>();
        long seen = seenUpTo();
        return call.page(FeedView.TABLE, asked, Row.class).map(row -> json(row, names, seen));
    }

    @GET
    @Path("{id}")
    @Scopes("events:read_only")
    public ActivityJson get(@PathParam("id") long id) {
        String key = FeedView.id(call.account().value(), id);
        return json(call.row(FeedView.TABLE, key, Row.class), new HashMap<>(), seenUpTo());
    }

    /** This one and all earlier ones were seen. */
    @POST
    @Path("{id}/seen")
    @Scopes("events:read_only")
    public Map<String, Object> seen(@PathParam("id") long id) {
        call.sendSilently(List.of(new MarkSeen(call.account(), id)));
        return Map.of();
    }

    @POST
    @Path("{id}/read")
    @Scopes("events:read_only")
    public Map<String, Object> read(@PathParam("id") long id) {
        call.sendSilently(List.of(new MarkRead(call.account(), id)));
        return Map.of();
    }

    private long seenUpTo() {
        return rows.get(FeedView.SEEN, call.account().toString(), Seen.class)
                .map(Seen::upTo)
                .orElse(0L);
    }

    private ActivityJson json(Row row, Map<Long, Optional<String>> names, long seen) {
        Optional<String> username = row.userId()
                .flatMap(user -> names.computeIfAbsent(
                        user, id -> people.person(UserId.of(id)).map(Person::username)));
        return ActivityJson.of(row, username.orElse(null), seen, call.now());
    }
}

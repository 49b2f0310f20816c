package lpm.scheduler.host;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.platform.Query;
import lpm.platform.kafka.HostTopics;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;
import lpm.scheduler.host.FleetHostCommand.CordonHost;
import lpm.scheduler.host.FleetHostCommand.EnrolHost;
import lpm.scheduler.host.FleetHostCommand.RequestFence;
import lpm.scheduler.host.FleetHostCommand.UpdateHost;
import org.jspecify.annotations.Nullable;

/** The operators' hosts. */
@Path("/ops/v1/hosts")
public final class HostResource {
    private final Call call;
    private final HostTopics topics;

    public HostResource(Call call, HostTopics topics) {
        this.call = call;
        this.topics = topics;
    }

    @GET
    @Scopes("ops_hosts:read_only")
    public Page<HostRow> list() {
        return call.page(HostRow.TABLE, Query.all().orderBy("id", false), HostRow.class);
    }

    @POST
    @Scopes("ops_hosts:read_write")
    public HostRow enrol(HostJson.@Nullable Enrolment body) {
        EnrolHost enrol = required(body).command();
        topics.create(List.of(enrol.host()));
        return done(enrol.host(), enrol);
    }

    @GET
    @Path("{id}")
    @Scopes("ops_hosts:read_only")
    public HostRow get(@PathParam("id") String id) {
        return call.row(HostRow.TABLE, id, HostRow.class);
    }

    @PUT
    @Path("{id}")
    @Scopes("ops_hosts:read_write")
    public HostRow update(@PathParam("id") String id, HostJson.@Nullable Change body) {
        HostRow known = get(id);
        String rack = HostJson.text("rack", required(body).rack()).orElse(known.rack());
        HostId host = new HostId(known.id());
        return done(host, new UpdateHost(host, rack));
    }

    @POST
    @Path("{id}/cordon")
    @Scopes("ops_hosts:read_write")
    public HostRow cordon(@PathParam("id") String id, HostJson.@Nullable Reason body) {
        HostId host = new HostId(get(id).id());
        return done(host, new CordonHost(host, reason(body)));
    }

    /**
     * Declares it dead: it is shut out although it may still live, and what it held starts elsewhere. Should it come
     * back, it takes nothing before it is uncordoned.
     */
    @POST
    @Path("{id}/fence")
    @Scopes("ops_hosts:read_write")
    public HostRow fence(@PathParam("id") String id, HostJson.@Nullable Reason body) {
        HostRow known = get(id);
        if (known.hostEpoch() == 0) {
            throw Refused.of("Host " + id + " has never registered: there is nothing to shut out.");
        }
        HostId host = new HostId(known.id());
        String because = "declared dead by operator " + call.caller().user() + ": " + reason(body);
        return done(host, new CordonHost(host, because), new RequestFence(host, known.hostEpoch(), true, because));
    }

    private HostRow done(HostId host, Command... unit) {
        return HostView.row(call.sendSilently(List.of(unit)).state(host.aggregateId(), HostState.class));
    }

    private static String reason(HostJson.@Nullable Reason body) {
        return (body == null ? new HostJson.Reason(null) : body).text();
    }

    private static <T> T required(@Nullable T body) {
        if (body == null) {
            throw Refused.of("A JSON object is required");
        }
        return body;
    }
}

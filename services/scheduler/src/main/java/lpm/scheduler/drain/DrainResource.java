package lpm.scheduler.drain;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.ArrayList;
import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.platform.Ids;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Scopes;
import lpm.scheduler.drain.DrainCommand.CancelDrain;
import lpm.scheduler.drain.DrainCommand.StartDrain;
import lpm.scheduler.host.FleetHostCommand.MarkDraining;
import lpm.scheduler.host.FleetHostCommand.UncordonHost;
import lpm.scheduler.host.HostRow;
import lpm.scheduler.host.HostState;
import lpm.scheduler.host.HostView;
import lpm.scheduler.host.ReservationRow;
import org.jspecify.annotations.Nullable;

/** Emptying a host, opening it again, and who is on it. */
@Path("/ops/v1/hosts/{id}")
public final class DrainResource {
    private final Call call;
    private final Lookup rows;
    private final Ids ids;

    public DrainResource(Call call, Lookup rows, Ids ids) {
        this.call = call;
        this.rows = rows;
        this.ids = ids;
    }

    /** The host's drain, running or the last one. */
    @GET
    @Path("drain")
    @Scopes("ops_hosts:read_only")
    public DrainRow get(@PathParam("id") String id) {
        return call.row(DrainRow.TABLE, String.valueOf(host(id).drain()), DrainRow.class);
    }

    @POST
    @Path("drain")
    @Scopes("ops_hosts:read_write")
    public DrainRow start(@PathParam("id") String id, DrainJson.@Nullable Wish body) {
        int parallel = (body == null ? new DrainJson.Wish(null) : body).parallel();
        HostId host = new HostId(host(id).id());
        List<LinodeId> linodes = rows.find(ReservationRow.TABLE, Query.where("host", id), ReservationRow.class).stream()
                .map(ReservationRow::linode)
                .toList();
        long drain = ids.next("drain");
        call.sendSilently(
                List.of(new MarkDraining(host, drain, parallel), new StartDrain(drain, host, linodes, parallel)));
        return call.row(DrainRow.TABLE, String.valueOf(drain), DrainRow.class);
    }

    /** Opens the host for new Linodes, and stops its drain; moves under way go on. */
    @POST
    @Path("uncordon")
    @Scopes("ops_hosts:read_write")
    public HostRow uncordon(@PathParam("id") String id) {
        HostRow known = host(id);
        HostId host = new HostId(known.id());
        List<Command> unit = new ArrayList<>(List.of(new UncordonHost(host)));
        Long drain = known.drain();
        if (drain != null) {
            unit.add(new CancelDrain(drain, "the host was uncordoned"));
        }
        return HostView.row(call.sendSilently(unit).state(host.aggregateId(), HostState.class));
    }

    /** The Linodes on it, as their owners see them. */
    @GET
    @Path("linodes")
    @Scopes("ops_hosts:read_only")
    public Page<JsonNode> linodes(@PathParam("id") String id) {
        Query onHost = Query.where("host", host(id).id()).orderBy("id", false);
        return call.paging().read(rows, "linode_view", onHost, JsonNode.class);
    }

    private HostRow host(String id) {
        return call.row(HostRow.TABLE, id, HostRow.class);
    }
}

package lpm.scheduler.placement;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import lpm.platform.Query;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Scopes;

/** Why Linodes got the hosts they have. */
@Path("/ops/v1/placement/decisions")
public final class DecisionResource {
    private final Call call;

    public DecisionResource(Call call) {
        this.call = call;
    }

    /** All decisions, newest first; {@code X-Filter: {"linode_id": 5}} for those about one Linode. */
    @GET
    @Scopes("ops_placement:read_only")
    public Page<DecisionRow> list() {
        return call.page(DecisionRow.TABLE, Query.all().orderBy("decided", true), DecisionRow.class);
    }

    @GET
    @Path("{id}")
    @Scopes("ops_placement:read_only")
    public DecisionRow get(@PathParam("id") String id) {
        return call.row(DecisionRow.TABLE, id, DecisionRow.class);
    }
}

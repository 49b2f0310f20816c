package lpm.scheduler.rebalance;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import lpm.platform.Ids;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Scopes;
import lpm.scheduler.rebalance.RebalanceCommand.StartRebalance;
import org.jspecify.annotations.Nullable;

/** Making the fleet more even. A dry run answers the same plan and stores nothing. */
@Path("/ops/v1/rebalances")
public final class RebalanceResource {
    private final Call call;
    private final Lookup rows;
    private final Ids ids;
    private final RebalancePlanner planner = new RebalancePlanner();

    public RebalanceResource(Call call, Lookup rows, Ids ids) {
        this.call = call;
        this.rows = rows;
        this.ids = ids;
    }

    @GET
    @Scopes("ops_placement:read_only")
    public Page<RebalanceRow> list() {
        return call.page(RebalanceRow.TABLE, Query.all().orderBy("id", false), RebalanceRow.class);
    }

    @GET
    @Path("{id}")
    @Scopes("ops_placement:read_only")
    public RebalanceRow get(@PathParam("id") long id) {
        return call.row(RebalanceRow.TABLE, String.valueOf(id), RebalanceRow.class);
    }

    @POST
    @Scopes("ops_placement:read_write")
    public RebalanceRow start(RebalanceJson.@Nullable Wish body) {
        RebalanceJson.Wish wish = body == null ? new RebalanceJson.Wish(null, null, null, null, null) : body;
        Goal goal = wish.aim();
        List<LoadedFleet> fleets = LoadedFleet.all(rows).stream()
                .filter(each -> wish.region() == null || each.region().value().equals(wish.region()))
                .toList();
        RebalancePlan plan = planner.plan(fleets, goal, wish.moves());
        if (wish.onlyPlan()) {
            return RebalanceJson.planned(plan, goal, wish.parallel());
        }
        long id = ids.next("rebalance");
        call.sendSilently(List.of(new StartRebalance(
                id, goal.name(), plan.moves(), plan.scoreBefore(), plan.scoreAfter(), wish.parallel())));
        return get(id);
    }
}

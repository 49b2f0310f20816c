package lpm.scheduler.placement;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.platform.Lookup;
import lpm.platform.rest.Call;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;
import lpm.scheduler.catalogue.Catalogue;
import lpm.scheduler.host.ReservationRow;
import org.jspecify.annotations.Nullable;

/** What the planner would do, without doing it: the same planner, and nothing is stored. */
@Path("/ops/v1/placement/explain")
public final class PlacementResource {
    private static final long NOBODY = Long.MAX_VALUE;

    private final Call call;
    private final Lookup rows;
    private final Catalogue catalogue;
    private final PlacementPlanner planner = new PlacementPlanner();

    public PlacementResource(Call call, Lookup rows, Catalogue catalogue) {
        this.call = call;
        this.rows = rows;
        this.catalogue = catalogue;
    }

    /** For a new Linode of a type in a region, or ({@code linode}) for a move of one that is there. */
    @POST
    @Scopes("ops_placement:read_only")
    public PlacementJson.Explanation explain(PlacementJson.@Nullable Question body) {
        PlacementJson.Question question = body == null ? new PlacementJson.Question(null, null, null) : body;
        return question.linode() == null ? ofType(question) : ofLinode(question.linode());
    }

    private PlacementJson.Explanation ofType(PlacementJson.Question question) {
        Resources resources = catalogue
                .sizing(question.knownType())
                .orElseThrow(() -> Refused.of("type", "type is not valid"))
                .resources();
        Region region = new Region(question.knownRegion());
        Want want = new Want(
                new LinodeId(NOBODY),
                call.account(),
                region,
                resources,
                Purpose.create,
                Set.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        return PlacementJson.explain(planner, Fleet.of(rows, region), want);
    }

    private PlacementJson.Explanation ofLinode(long id) {
        List<ReservationRow> held = id > 0 ? Proposals.held(new LinodeId(id), rows) : List.of();
        if (held.isEmpty()) {
            throw Refused.of("linode", "linode has no host");
        }
        ReservationRow here = held.getFirst();
        Region region = Fleet.regionOf(new HostId(here.host()), rows).orElseThrow(Refused::notFound);
        Fleet fleet = Fleet.of(rows, region, here.account());
        Optional<FleetHost> source = fleet.host(new HostId(here.host()));
        Want want = new Want(
                here.linode(),
                here.account(),
                region,
                here.resources(),
                Purpose.move,
                Proposals.hosts(held),
                Optional.empty(),
                source.map(FleetHost::pools).orElse(List.of()),
                source);
        return PlacementJson.explain(planner, fleet, want);
    }
}

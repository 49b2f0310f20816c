package lpm.scheduler.placement;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import lpm.contracts.Region;
import lpm.platform.Lookup;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;
import lpm.scheduler.catalogue.Catalogue;
import org.jspecify.annotations.Nullable;

/** How many Linodes of each type a region can still take. */
@Path("/ops/v1/capacity")
public final class CapacityResource {
    private final Lookup rows;
    private final Catalogue catalogue;

    public CapacityResource(Lookup rows, Catalogue catalogue) {
        this.rows = rows;
        this.catalogue = catalogue;
    }

    @GET
    @Scopes("ops_placement:read_only")
    public CapacityJson get(@QueryParam("region") @Nullable String region) {
        if (region == null || region.isBlank()) {
            throw Refused.of("region", "region is required");
        }
        return CapacityJson.of(region, Fleet.of(rows, new Region(region)).hosts(), catalogue);
    }
}

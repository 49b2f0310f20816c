package lpm.scheduler.catalogue;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;
import lpm.scheduler.catalogue.CatalogueJson.Offer;
import lpm.scheduler.catalogue.CatalogueJson.RegionJson;

/** What the caller's account may have in which region: all that is there. */
@Path("/v4/account/availability")
@Scopes("account:read_only")
public final class OffersResource {
    private final Catalogue catalogue;

    public OffersResource(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GET
    public Page<Offer> list() {
        return Page.single(
                catalogue.regions().stream().map(OffersResource::offer).toList());
    }

    @GET
    @Path("{region}")
    public Offer get(@PathParam("region") String region) {
        return catalogue.region(region).map(OffersResource::offer).orElseThrow(Refused::notFound);
    }

    private static Offer offer(RegionJson region) {
        return new Offer(region.id(), region.capabilities(), List.of());
    }
}

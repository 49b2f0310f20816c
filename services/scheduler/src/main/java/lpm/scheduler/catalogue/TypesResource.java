package lpm.scheduler.catalogue;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Public;
import lpm.platform.rest.Refused;
import lpm.scheduler.catalogue.CatalogueJson.LinodeType;

/** The types of Linodes on offer. */
@Path("/v4/linode/types")
@Public
public final class TypesResource {
    private final Call call;
    private final CataloguePages pages;

    public TypesResource(Call call, CataloguePages pages) {
        this.call = call;
        this.pages = pages;
    }

    @GET
    public Page<LinodeType> list(@Context HttpHeaders headers) {
        return pages.page("types", call, headers, LinodeType.class);
    }

    @GET
    @Path("{id}")
    public LinodeType get(@PathParam("id") String id) {
        return pages.catalogue().type(id).orElseThrow(Refused::notFound);
    }
}

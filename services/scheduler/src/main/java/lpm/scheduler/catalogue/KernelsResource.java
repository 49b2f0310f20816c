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
import lpm.scheduler.catalogue.CatalogueJson.Kernel;

/** The kernels on offer. An id has a slash, raw or as {@code %2F}. */
@Path("/v4/linode/kernels")
@Public
public final class KernelsResource {
    private final Call call;
    private final CataloguePages pages;

    public KernelsResource(Call call, CataloguePages pages) {
        this.call = call;
        this.pages = pages;
    }

    @GET
    public Page<Kernel> list(@Context HttpHeaders headers) {
        return pages.page("kernels", call, headers, Kernel.class);
    }

    @GET
    @Path("{id:.+}")
    public Kernel get(@PathParam("id") String id) {
        return pages.catalogue().kernel(id).orElseThrow(Refused::notFound);
    }
}

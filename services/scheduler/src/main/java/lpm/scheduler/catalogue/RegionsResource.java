package lpm.scheduler.catalogue;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.stream.Stream;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.rest.Call;
import lpm.platform.rest.Page;
import lpm.platform.rest.Public;
import lpm.platform.rest.Refused;
import lpm.scheduler.catalogue.CatalogueJson.Availability;
import lpm.scheduler.catalogue.CatalogueJson.LinodeType;
import lpm.scheduler.catalogue.CatalogueJson.RegionJson;
import lpm.scheduler.host.HostRow;

/** The regions, and whether there is room in them. */
@Path("/v4/regions")
@Public
public final class RegionsResource {
    private final Call call;
    private final CataloguePages pages;
    private final Lookup rows;

    public RegionsResource(Call call, CataloguePages pages, Lookup rows) {
        this.call = call;
        this.pages = pages;
        this.rows = rows;
    }

    @GET
    public Page<RegionJson> list(@Context HttpHeaders headers) {
        return pages.page("regions", call, headers, RegionJson.class);
    }

    @GET
    @Path("availability")
    public List<Availability> availability() {
        return pages.catalogue().regions().stream()
                .flatMap(region -> availability(region.id()))
                .toList();
    }

    @GET
    @Path("{id}")
    public RegionJson get(@PathParam("id") String id) {
        return pages.catalogue().region(id).orElseThrow(Refused::notFound);
    }

    @GET
    @Path("{id}/availability")
    public List<Availability> availabilityOf(@PathParam("id") String id) {
        return availability(get(id).id()).toList();
    }

    private Stream<Availability> availability(String region) {
        Query active = Query.where("region", region).and("state", HostRow.ACTIVE);
        List<HostRow> hosts = rows.find(HostRow.TABLE, active, HostRow.class);
        return pages.catalogue().types().stream()
                .map(type -> new Availability(region, type.id(), hosts.stream().anyMatch(host -> fits(type, host))));
    }

    private static boolean fits(LinodeType type, HostRow host) {
        return host.free().memoryMib() >= type.memory() && host.free().vcpus() >= type.vcpus();
    }
}

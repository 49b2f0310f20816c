package lpm.storage.pool;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import lpm.platform.Lookup;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;

/** Where a Linode's bytes lie, for operators. */
@Path("/ops/v1/storage/linodes")
@RunOnVirtualThread
public final class LinodeBytesResource {
    private final LinodeBytes bytes;

    public LinodeBytesResource(Lookup rows, PoolSights sights) {
        this.bytes = new LinodeBytes(rows, sights);
    }

    @GET
    @Path("/{id: [0-9]{1,18}}")
    @Scopes("ops_storage:read_only")
    public LinodeBytes.Json get(@PathParam("id") long id) {
        return bytes.of(id).orElseThrow(Refused::notFound);
    }
}

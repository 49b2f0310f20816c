package lpm.storage.pool;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import lpm.platform.rest.Page;
import lpm.platform.rest.Refused;
import lpm.platform.rest.Scopes;

/** Pools for operators. */
@Path("/ops/v1/storage/pools")
@RunOnVirtualThread
public final class PoolResource {
    private final Pools pools;
    private final PoolSights sights;

    public PoolResource(Pools pools, PoolSights sights) {
        this.pools = pools;
        this.sights = sights;
    }

    @GET
    @Scopes("ops_storage:read_only")
    public Page<PoolJson> list() {
        return Page.single(pools.all().stream().map(this::json).toList());
    }

    @GET
    @Path("/{id}")
    @Scopes("ops_storage:read_only")
    public PoolJson get(@PathParam("id") String id) {
        return pools.all().stream()
                .filter(pool -> pool.id().value().equals(id))
                .findFirst()
                .map(this::json)
                .orElseThrow(Refused::notFound);
    }

    private PoolJson json(Pool pool) {
        return PoolJson.of(pool, pools.usedGib(pool), sights);
    }
}

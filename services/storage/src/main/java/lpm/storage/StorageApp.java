package lpm.storage;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lpm.contracts.Topics;
import lpm.platform.App;
import lpm.platform.Planner;
import lpm.platform.rest.KnownTokens;
import lpm.storage.disk.DiskFeature;
import lpm.storage.fence.FenceFeature;
import lpm.storage.image.Images;
import lpm.storage.known.KnownHosts;
import lpm.storage.known.KnownLinodes;
import lpm.storage.move.MoveFeature;
import lpm.storage.pool.Pool;
import lpm.storage.pool.PoolSights;
import lpm.storage.pool.PoolUse;
import lpm.storage.pool.Pools;
import lpm.storage.tenant.TenantFeature;
import lpm.storage.volume.VolumeFeature;

/** The storage service: what it hears and what it consists of. */
public final class StorageApp {
    private StorageApp() {}

    /** For an interpreter without configuration. */
    public static App app() {
        return app(Pool.parse(Pool.DEFAULT));
    }

    public static App app(List<Pool> configured) {
        PoolUse use = new PoolUse();
        return app(new Pools(configured, use), use, new PoolSights(), Images.offered());
    }

    static App app(Pools pools, PoolUse use, PoolSights sights, Images images) {
        return new App(
                "storage",
                List.of(
                        Pattern.compile(Pattern.quote(Topics.STORAGE_COMMANDS)),
                        Pattern.compile(Pattern.quote(Topics.SCHEDULER_EVENTS)),
                        Pattern.compile(Pattern.quote(Topics.ACCOUNT_EVENTS)),
                        Topics.HOST_EVENTS),
                true,
                List.of(
                        TenantFeature.feature(),
                        VolumeFeature.feature(),
                        DiskFeature.feature(),
                        MoveFeature.feature(),
                        FenceFeature.feature()),
                Stream.<List<Planner<?>>>of(
                                DiskFeature.planners(pools, images),
                                VolumeFeature.planners(),
                                MoveFeature.planners(),
                                FenceFeature.planners())
                        .<Planner<?>>flatMap(List::stream)
                        .toList(),
                List.of(new KnownHosts(), new KnownLinodes(), new KnownTokens()),
                List.of(use, sights));
    }
}

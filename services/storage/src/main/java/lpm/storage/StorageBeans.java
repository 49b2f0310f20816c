package lpm.storage;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import lpm.platform.App;
import lpm.storage.image.Images;
import lpm.storage.pool.Pool;
import lpm.storage.pool.PoolSights;
import lpm.storage.pool.PoolUse;
import lpm.storage.pool.Pools;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Offers the service as beans. */
@Singleton
final class StorageBeans {
    @Produces
    @Singleton
    PoolUse use() {
        return new PoolUse();
    }

    @Produces
    @Singleton
    PoolSights sights() {
        return new PoolSights();
    }

    @Produces
    @Singleton
    Pools pools(@ConfigProperty(name = "lpm.pools", defaultValue = Pool.DEFAULT) String configured, PoolUse use) {
        return new Pools(Pool.parse(configured), use);
    }

    @Produces
    @Singleton
    Images images(@ConfigProperty(name = "lpm.catalogue") Optional<String> added) {
        return Images.offered(added);
    }

    @Produces
    @Singleton
    App app(Pools pools, PoolUse use, PoolSights sights, Images images) {
        return StorageApp.app(pools, use, sights, images);
    }
}

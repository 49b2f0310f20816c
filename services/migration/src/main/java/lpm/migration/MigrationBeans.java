package lpm.migration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import lpm.migration.live.CopyWatcher;
import lpm.platform.App;

/** Offers the service as beans. */
@Singleton
final class MigrationBeans {
    @Produces
    @Singleton
    CopyWatcher copies() {
        return new CopyWatcher();
    }

    @Produces
    @Singleton
    App app(CopyWatcher copies) {
        return MigrationApp.app(copies);
    }
}

package lpm.scheduler;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import lpm.platform.App;
import lpm.platform.Ids;
import lpm.platform.Lookup;
import lpm.scheduler.address.AddressPool;
import lpm.scheduler.catalogue.Catalogue;

/** What the container cannot make by itself. */
public final class SchedulerBeans {
    private SchedulerBeans() {}

    @Produces
    @Singleton
    static App app(Ids ids) {
        return SchedulerApp.app(ids);
    }

    @Produces
    @Singleton
    static Catalogue catalogue() {
        return Catalogue.load();
    }

    @Produces
    @Singleton
    static AddressPool addresses(Ids ids, Lookup rows) {
        return new AddressPool(ids, rows);
    }
}

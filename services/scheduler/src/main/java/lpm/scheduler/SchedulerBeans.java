package lpm.scheduler;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Optional;
import lpm.platform.App;
import lpm.platform.Ids;
import lpm.platform.Lookup;
import lpm.scheduler.address.AddressPool;
import lpm.scheduler.catalogue.Catalogue;
import lpm.scheduler.linode.Secrets;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Offers the service as beans. */
@Singleton
final class SchedulerBeans {
    /** Planners draw ids only when they are asked: the runtime that has them is made of this App. */
    @Produces
    @Singleton
    App app(Provider<Ids> ids) {
        return SchedulerApp.app(kind -> ids.get().next(kind), new SecureRandom());
    }

    @Produces
    @Singleton
    Catalogue catalogue(@ConfigProperty(name = "lpm.catalogue") Optional<String> added) {
        return Catalogue.load(added);
    }

    @Produces
    @Singleton
    AddressPool addresses(Ids ids, Lookup rows) {
        return new AddressPool(ids, rows);
    }

    @Produces
    @Singleton
    Secrets secrets() {
        return new Secrets();
    }
}

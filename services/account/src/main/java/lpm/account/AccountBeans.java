package lpm.account;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import lpm.platform.App;
import lpm.platform.Rows;
import lpm.platform.rows.JdbcRows;
import lpm.platform.store.Store;

/** Offers the service as beans. */
@Singleton
final class AccountBeans {
    @Produces
    @Singleton
    App app() {
        return AccountApp.app();
    }

    @Produces
    @Singleton
    Store store(AgroalDataSource database) {
        return new Store(database, "account");
    }

    /** For what is written beside the events: personal data and the audit. */
    @Produces
    @Singleton
    @Typed(Rows.class)
    Rows rows(Store store) {
        return new JdbcRows(store);
    }
}

package lpm.account;

import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.Optional;
import lpm.account.audit.CheckpointKey;
import lpm.platform.App;
import lpm.platform.Rows;
import lpm.platform.rows.JdbcRows;
import lpm.platform.store.Store;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers the service as beans. */
@Singleton
final class AccountBeans {
    private static final Logger LOG = LoggerFactory.getLogger(AccountBeans.class);

    @Produces
    @Singleton
    App app(@ConfigProperty(name = "lpm.audit.key") Optional<String> auditKey) {
        if (auditKey.isEmpty()) {
            LOG.warn("LPM_AUDIT_KEY is not set: the audit is not signed, so a change of it can be hidden");
        }
        return AccountApp.app(auditKey.map(CheckpointKey::of));
    }

    /** For what is written beside the events: personal data and the audit. */
    @Produces
    @Singleton
    @Typed(Rows.class)
    Rows rows(Store store) {
        return new JdbcRows(store);
    }
}

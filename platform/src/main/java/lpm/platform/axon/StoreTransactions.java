package lpm.platform.axon;

import java.sql.Connection;
import java.sql.SQLException;
import lpm.platform.store.Store;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;

/** Lets Axon work in the store's open transaction, which others begin and end. */
final class StoreTransactions implements TransactionManager, ConnectionProvider {
    private static final Transaction JOINED = new Transaction() {
        @Override
        public void commit() {
            // whoever opened the transaction commits it
        }

        @Override
        public void rollback() {
            // the exception that leads here reaches whoever opened the transaction
        }
    };

    private final Store store;

    StoreTransactions(Store store) {
        this.store = store;
    }

    @Override
    public Transaction startTransaction() {
        return JOINED;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return store.isInTransaction() ? store.boundConnection() : store.separateConnection();
    }
}

package lpm.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The one active replica of a service: whoever holds an advisory lock on a connection of its own. */
public final class Leader implements AutoCloseable {
    /** How long the check of the lock's connection may take, in seconds. */
    private static final int CHECK_SECONDS = 5;

    private final Connection connection;
    private final long key;

    private Leader(Connection connection, long key) {
        this.connection = connection;
        this.key = key;
    }

    /** Takes the lead if nobody has it. */
    public static Optional<Leader> take(Store store, String what) {
        long key = Locks.key(store.schema(), "leader/" + what);
        try {
            Connection connection = store.separateConnection();
            if (lock(connection, key)) {
                return Optional.of(new Leader(connection, key));
            }
            connection.close();
            return Optional.empty();
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    /** Whether the lock is surely still held. */
    public boolean holds() {
        try {
            return connection.isValid(CHECK_SECONDS);
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    @Override
    public void close() {
        try (connection;
                PreparedStatement unlock = connection.prepareStatement("select pg_advisory_unlock(?)")) {
            unlock.setLong(1, key);
            unlock.execute();
        } catch (SQLException e) {
            drop(e);
        }
    }

    /** A pooled connection that still held the lock would keep everybody from leading. */
    private void drop(SQLException cause) {
        try {
            connection.abort(Executors.newVirtualThreadPerTaskExecutor());
        } catch (SQLException e) {
            cause.addSuppressed(e);
            throw SqlFailure.of(cause);
        }
    }

    private static boolean lock(Connection connection, long key) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            lock.setLong(1, key);
            try (ResultSet result = lock.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}

package lpm.platform.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** One open transaction and the connection it owns. */
final class Bound {
    private final Connection connection;
    private final Pipeline pipeline = new Pipeline();
    private final Set<Long> locked = new HashSet<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean committed;

    private Bound(Connection connection) {
        this.connection = connection;
    }

    static Bound open(DataSource source) {
        try {
            Connection connection = source.getConnection();
            try {
                connection.setAutoCommit(false);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new Bound(connection);
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    Connection connection() {
        return connection;
    }

    /** What goes to the server with the next statement. */
    Pipeline pipeline() {
        return pipeline;
    }

    void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** The keys not locked yet, each once, in order. */
    Long[] newKeys(Stream<Long> keys) {
        return keys.filter(key -> !locked.contains(key)).distinct().sorted().toArray(Long[]::new);
    }

    void locked(Long[] keys) {
        locked.addAll(List.of(keys));
    }

    /** What this transaction has come to at a savepoint. */
    record Mark(Set<Long> locked, int actions) {}

    Mark mark() {
        return new Mark(Set.copyOf(locked), afterCommit.size());
    }

    /** Locks and actions since a savepoint go with it when it is rolled back. */
    void backTo(Mark mark) {
        locked.retainAll(mark.locked());
        afterCommit.subList(mark.actions(), afterCommit.size()).clear();
    }

    void commit() {
        try {
            pipeline.flush(connection);
            connection.commit();
            committed = true;
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    /** Gives the connection back; what is not committed is rolled back. */
    void close() {
        try (connection) {
            if (!committed && !connection.isClosed()) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            if (committed) {
                throw SqlFailure.of(e);
            }
            // the failure that led here is already on its way to the caller; PostgreSQL rolls back by itself
        }
    }

    void afterwards() {
        if (committed) {
            afterCommit.forEach(Runnable::run);
        }
    }
}

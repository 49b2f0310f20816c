package lpm.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Statements against one service's schema. A transaction binds one connection to its thread. */
public final class Store {
    private final DataSource source;
    private final String schema;

    /** Not static: two stores in one process (tests) must not share a transaction. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Bound> bound = new ThreadLocal<>();

    public Store(DataSource source, String schema) {
        this.source = source;
        this.schema = schema;
    }

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Something done with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    public String schema() {
        return schema;
    }

    /** A table's or sequence's name with its schema. */
    public String name(String table) {
        return schema + "." + table;
    }

    /** Whether this thread is inside a transaction. */
    public boolean isInTransaction() {
        return bound.get() != null;
    }

    /** Runs work in one transaction, the open one if there is one. Commits unless it throws. */
    public <T> T inTransaction(Supplier<T> work) {
        if (isInTransaction()) {
            return work.get();
        }
        Bound transaction = Bound.open(source);
        bound.set(transaction);
        try {
            T result = work.get();
            transaction.commit();
            return result;
        } finally {
            bound.remove();
            transaction.close();
            transaction.afterwards();
        }
    }

    /** Runs an action once this transaction is committed; never if it is not. */
    public void afterCommit(Runnable action) {
        transaction().afterCommit(action);
    }

    /** Runs work and takes back what it wrote if its result is not to be kept. */
    public <T> T tentatively(Supplier<T> work, Predicate<T> keep) {
        Bound transaction = transaction();
        Connection connection = transaction.connection();
        Bound.Mark mark = transaction.mark();
        try {
            transaction.pipeline().flush(connection);
            Savepoint savepoint = connection.setSavepoint();
            T result = work.get();
            if (keep.test(result)) {
                connection.releaseSavepoint(savepoint);
            } else {
                connection.rollback(savepoint);
                transaction.pipeline().clear();
                transaction.backTo(mark);
            }
            return result;
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    /**
     * Locks these names until the end of the transaction, in one fixed order, before its next statement. Also takes
     * the transaction's id, so that it is older than every event position drawn afterwards (the relay's low-water mark
     * rests on that).
     */
    public void lock(List<String> names) {
        Bound transaction = transaction();
        Long[] keys = transaction.newKeys(names.stream().map(each -> Locks.key(schema, each)));
        if (keys.length > 0) {
            later("select pg_current_xact_id()::text, pg_advisory_xact_lock(k) from unnest(?::bigint[]) as k", (Object)
                    keys);
            transaction.locked(keys);
        }
    }

    /** The rows of a query, in the open transaction or by itself. */
    public <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters) {
        return answered(sql, parameters, statement -> {
            List<T> rows = new ArrayList<>();
            try (ResultSet results = statement.getResultSet()) {
                while (results.next()) {
                    rows.add(row.read(results));
                }
            }
            return rows;
        });
    }

    /** The first row of a query. */
    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... parameters) {
        return query(sql, row, parameters).stream().findFirst();
    }

    /** How many rows a statement changed, in the open transaction or by itself. */
    public int update(String sql, @Nullable Object... parameters) {
        return answered(sql, parameters, PreparedStatement::getUpdateCount);
    }

    /**
     * Runs a statement whose result nobody looks at. In a transaction it travels with the next statement or the commit,
     * which then tell of its failure.
     */
    public void later(String sql, @Nullable Object... parameters) {
        Bound transaction = bound.get();
        if (transaction == null) {
            update(sql, parameters);
            return;
        }
        transaction.pipeline().add(sql, parameters);
        if (transaction.pipeline().isFull()) {
            with(_ -> true);
        }
    }

    private interface Answer<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T answered(String sql, @Nullable Object[] parameters, Answer<T> answer) {
        Bound transaction = bound.get();
        Pipeline pipeline = transaction == null ? new Pipeline() : transaction.pipeline();
        pipeline.add(sql, parameters);
        return connected(connection -> {
            try (PreparedStatement statement = pipeline.send(connection)) {
                return answer.of(statement);
            }
        });
    }

    /** Runs one statement for many rows of parameters. */
    public void updateAll(String sql, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (@Nullable Object[] parameters : rows) {
                    Pipeline.bind(statement, 0, parameters);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    /** Uses the transaction's connection, or one of its own that commits by itself. */
    public <T> T with(Work<T> work) {
        return connected(connection -> {
            Bound transaction = bound.get();
            if (transaction != null) {
                transaction.pipeline().flush(connection);
            }
            return work.with(connection);
        });
    }

    private <T> T connected(Work<T> work) {
        Bound transaction = bound.get();
        try {
            if (transaction != null) {
                return work.with(transaction.connection());
            }
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(true);
                return work.with(connection);
            }
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    /** A connection of its own, for a lock that is held for long. The caller closes it. */
    public Connection separateConnection() throws SQLException {
        Connection connection = source.getConnection();
        connection.setAutoCommit(true);
        return connection;
    }

    private Bound transaction() {
        Bound transaction = bound.get();
        if (transaction == null) {
            throw new IllegalStateException("no transaction is open on this thread");
        }
        return transaction;
    }
}

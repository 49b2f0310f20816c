package lpm.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.ZoneOffset;
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
            Savepoint savepoint = connection.setSavepoint();
            T result = work.get();
            if (keep.test(result)) {
                connection.releaseSavepoint(savepoint);
            } else {
                connection.rollback(savepoint);
                transaction.backTo(mark);
            }
            return result;
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    /**
     * Locks these names until the end of the transaction, in one fixed order. Also takes the transaction's id, so
     * that it
     * is older than every event position drawn afterwards (the relay's low-water mark rests on that).
     */
    public void lock(List<String> names) {
        Bound transaction = transaction();
        Long[] keys = transaction.newKeys(names.stream().map(each -> Locks.key(schema, each)));
        if (keys.length > 0) {
            query(
                    "select pg_current_xact_id()::text, pg_advisory_xact_lock(k) from unnest(?::bigint[]) as k",
                    _ -> true,
                    (Object) keys);
            transaction.locked(keys);
        }
    }

    /** The rows of a query, in the open transaction or by itself. */
    public <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters) {
        return with(connection -> {
            try (PreparedStatement statement = prepared(connection, sql, parameters);
                    ResultSet results = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (results.next()) {
                    rows.add(row.read(results));
                }
                return rows;
            }
        });
    }

    /** The first row of a query. */
    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... parameters) {
        return query(sql, row, parameters).stream().findFirst();
    }

    /** How many rows a statement changed, in the open transaction or by itself. */
    public int update(String sql, @Nullable Object... parameters) {
        return with(connection -> {
            try (PreparedStatement statement = prepared(connection, sql, parameters)) {
                return statement.executeUpdate();
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
                    bind(connection, statement, parameters);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    /** Uses the transaction's connection, or one of its own that commits by itself. */
    public <T> T with(Work<T> work) {
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

    /** The open transaction's connection, for frameworks that close what they were given: that does nothing. */
    public Connection boundConnection() {
        return transaction().unclosable();
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

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        bind(connection, statement, parameters);
        return statement;
    }

    /** Binds plain values; arrays of Long or String become SQL arrays. */
    private static void bind(Connection connection, PreparedStatement statement, @Nullable Object... parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case Long[] numbers -> statement.setArray(i + 1, connection.createArrayOf("bigint", numbers));
                case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("text", texts));
                case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
                case null -> statement.setObject(i + 1, null);
                case Object plain -> statement.setObject(i + 1, plain);
            }
        }
    }
}

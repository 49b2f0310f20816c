package lpm.platform.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Statements of one transaction that go to the server together, in order: one round trip for all. Each sees what was
 * committed until its own turn, as if sent alone; after one that fails none is run.
 */
final class Pipeline {
    /** Few, so that there are few different texts for the driver to remember. */
    private static final int MAX_WAITING = 8;

    private final List<Statement> waiting = new ArrayList<>();

    /** Never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Statement(String sql, @Nullable Object[] parameters) {}

    void add(String sql, @Nullable Object... parameters) {
        waiting.add(new Statement(sql, parameters));
    }

    boolean isFull() {
        return waiting.size() >= MAX_WAITING;
    }

    /** Forgets what was not sent. */
    void clear() {
        waiting.clear();
    }

    /** Sends what waits, if anything does. */
    void flush(Connection connection) throws SQLException {
        if (!waiting.isEmpty()) {
            send(connection).close();
        }
    }

    /** Sends what waits; what comes back stands at the result of the last statement, and the caller closes it. */
    PreparedStatement send(Connection connection) throws SQLException {
        List<Statement> sent = List.copyOf(waiting);
        waiting.clear();
        PreparedStatement all =
                connection.prepareStatement(sent.stream().map(Statement::sql).collect(Collectors.joining("; ")));
        try {
            int bound = 0;
            for (Statement each : sent) {
                bound = bind(all, bound, each.parameters());
            }
            all.execute();
            for (int i = 1; i < sent.size(); i++) {
                all.getMoreResults();
            }
            return all;
        } catch (SQLException e) {
            all.close();
            throw e;
        }
    }

    /** Binds plain values after those bound already; arrays of Long or String become SQL arrays. */
    static int bind(PreparedStatement statement, int bound, @Nullable Object... parameters) throws SQLException {
        int index = bound;
        for (Object parameter : parameters) {
            index++;
            switch (parameter) {
                case Long[] numbers ->
                    statement.setArray(index, statement.getConnection().createArrayOf("bigint", numbers));
                case String[] texts ->
                    statement.setArray(index, statement.getConnection().createArrayOf("text", texts));
                case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
                case null -> statement.setObject(index, null);
                case Object plain -> statement.setObject(index, plain);
            }
        }
        return index;
    }
}

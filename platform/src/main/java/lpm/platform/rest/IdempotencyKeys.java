package lpm.platform.rest;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import lpm.platform.StoreUnavailable;

/**
 * Remembers the first answer to each Idempotency-Key of an account for a day. The answer is kept after the command's
 * commit: when the process dies in between, the key stays reserved for {@link #ABANDONED_SECONDS} and the request may
 * then run a second time. That window is known and small.
 */
@Singleton
public final class IdempotencyKeys {
    /** How long answers are kept, in hours. */
    static final int KEPT_HOURS = 24;

    /** How long a key without an answer blocks repeats, in seconds. */
    static final int ABANDONED_SECONDS = 60;

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS idempotency_view (
              account bigint NOT NULL,
              key text NOT NULL,
              request_hash text NOT NULL,
              status int,
              event_id bigint,
              body text,
              asked_at timestamptz NOT NULL DEFAULT now(),
              PRIMARY KEY (account, key))""";
    private static final String FORGET = """
            DELETE FROM idempotency_view WHERE account = ? AND key = ?
              AND (asked_at < now() - make_interval(hours => ?)
                OR status IS NULL AND asked_at < now() - make_interval(secs => ?))""";
    private static final String CLAIM =
            "INSERT INTO idempotency_view (account, key, request_hash) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String READ =
            "SELECT request_hash, status, event_id, body FROM idempotency_view WHERE account = ? AND key = ?";
    private static final String ANSWER =
            "UPDATE idempotency_view SET status = ?, event_id = ?, body = ? WHERE account = ? AND key = ?";
    private static final String RELEASE =
            "DELETE FROM idempotency_view WHERE account = ? AND key = ? AND status IS NULL";

    private final Instance<DataSource> store;
    private volatile boolean ready;

    public IdempotencyKeys(Instance<DataSource> store) {
        this.store = store;
    }

    /** What a key stands for. */
    sealed interface Claim {
        /** Nobody used it: go on, and keep the answer. */
        record Fresh() implements Claim {}

        /** The same request was answered. */
        record Repeat(Answer answer) implements Claim {}

        /** The same request is being answered just now. */
        record Running() implements Claim {}

        /** It was used for another request. */
        record Other() implements Claim {}
    }

    /** An answer given. */
    record Answer(int status, Optional<Long> eventId, String body) {}

    /** Work on a connection. */
    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    Claim claim(long account, String key, String requestHash) {
        return inStore(connection -> {
            forget(connection, account, key);
            try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
                claim.setLong(1, account);
                claim.setString(2, key);
                claim.setString(3, requestHash);
                if (claim.executeUpdate() == 1) {
                    return new Claim.Fresh();
                }
            }
            return read(connection, account, key, requestHash);
        });
    }

    void keep(long account, String key, Answer answer) {
        inStore(connection -> {
            try (PreparedStatement update = connection.prepareStatement(ANSWER)) {
                update.setInt(1, answer.status());
                update.setObject(2, answer.eventId().orElse(null));
                update.setString(3, answer.body());
                update.setLong(4, account);
                update.setString(5, key);
                return update.executeUpdate();
            }
        });
    }

    /** The request came to nothing: the key is free again. */
    void release(long account, String key) {
        inStore(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(RELEASE)) {
                delete.setLong(1, account);
                delete.setString(2, key);
                return delete.executeUpdate();
            }
        });
    }

    private static void forget(Connection connection, long account, String key) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setLong(1, account);
            forget.setString(2, key);
            forget.setInt(3, KEPT_HOURS);
            forget.setInt(4, ABANDONED_SECONDS);
            forget.executeUpdate();
        }
    }

    private static Claim read(Connection connection, long account, String key, String hash) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(READ)) {
            read.setLong(1, account);
            read.setString(2, key);
            try (ResultSet row = read.executeQuery()) {
                if (!row.next()) {
                    return new Claim.Running();
                }
                if (!hash.equals(row.getString(1))) {
                    return new Claim.Other();
                }
                int status = row.getInt(2);
                if (row.wasNull()) {
                    return new Claim.Running();
                }
                Optional<Long> event = Optional.ofNullable(row.getObject(3, Long.class));
                return new Claim.Repeat(new Answer(status, event, row.getString(4)));
            }
        }
    }

    private <T> T inStore(Work<T> work) {
        try (Connection connection = store.get().getConnection()) {
            connection.setAutoCommit(true);
            if (!ready) {
                try (PreparedStatement create = connection.prepareStatement(TABLE)) {
                    create.execute();
                }
                ready = true;
            }
            return work.on(connection);
        } catch (SQLException e) {
            throw new StoreUnavailable("idempotency keys: " + e.getMessage(), e);
        }
    }
}

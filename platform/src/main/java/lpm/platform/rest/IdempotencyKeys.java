package lpm.platform.rest;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import lpm.platform.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the first answer to each Idempotency-Key of an account for a day. That a request was accepted is noted in
 * the transaction of its commands, so that it is never carried out a second time; its answer is kept afterwards, and is
 * lost when the process dies in between.
 */
@Singleton
public final class IdempotencyKeys {
    /** How long answers are kept, in hours. */
    static final int KEPT_HOURS = 24;

    /** How long the answer to a request may take, in seconds; then it has come to nothing, or its answer is lost. */
    static final int ABANDONED_SECONDS = 60;

    private static final String FORGET = """
            delete from %s where asked_at < now() - make_interval(hours => ?)
              or account = ? and key = ? and status is null and not accepted
                and asked_at < now() - make_interval(secs => ?)""";
    private static final String CLAIM =
            "insert into %s (account, key, claim, request_hash) values (?, ?, ?, ?) on conflict do nothing";
    private static final String READ = """
            select request_hash, status, event_id, body,
              accepted and asked_at < now() - make_interval(secs => ?) as lost
            from %s where account = ? and key = ?""";
    private static final String ACCEPT = "update %s set accepted = true where account = ? and key = ? and claim = ?";
    private static final String ANSWER =
            "update %s set status = ?, event_id = ?, body = ? where account = ? and key = ? and claim = ?";
    private static final String RELEASE =
            "delete from %s where account = ? and key = ? and claim = ? and status is null and not accepted";

    private final Store store;

    public IdempotencyKeys(Store store) {
        this.store = store;
    }

    /** A key that one request of an account has for itself. */
    record Held(long account, String key, UUID claim) {}

    /** What a key stands for. */
    sealed interface Claim {
        /** Nobody used it: go on, note that the request was accepted, and keep the answer. */
        record Fresh(Held held) implements Claim {}

        /** The same request was answered. */
        record Repeat(Answer answer) implements Claim {}

        /** The same request is being answered just now. */
        record Running() implements Claim {}

        /** The same request was accepted, and nobody knows its answer any more. */
        record Lost() implements Claim {}

        /** It was used for another request. */
        record Other() implements Claim {}
    }

    /** An answer given. */
    record Answer(int status, Optional<Long> eventId, String body) {}

    Claim claim(long account, String key, String requestHash) {
        Held held = new Held(account, key, UUID.randomUUID());
        update(FORGET, KEPT_HOURS, account, key, ABANDONED_SECONDS);
        return update(CLAIM, account, key, held.claim(), requestHash) == 1
                ? new Claim.Fresh(held)
                : store.first(sql(READ), row -> read(row, requestHash), ABANDONED_SECONDS, account, key)
                        .orElseGet(Claim.Running::new);
    }

    /**
     * The request is accepted if the open transaction is committed. Throws {@link Refused} if the request took
     * so long that its key was given to another one.
     */
    void accept(Held held) {
        if (update(ACCEPT, held.account(), held.key(), held.claim()) != 1) {
            throw Refused.of(
                    IdempotencyFilter.HEADER,
                    "This request took longer than " + ABANDONED_SECONDS + " s, and its key was used again");
        }
    }

    void keep(Held held, Answer answer) {
        update(
                ANSWER,
                answer.status(),
                answer.eventId().orElse(null),
                answer.body(),
                held.account(),
                held.key(),
                held.claim());
    }

    /** The key of a request that came to nothing is free again; that of one that was accepted is not. */
    void release(Held held) {
        update(RELEASE, held.account(), held.key(), held.claim());
    }

    private static Claim read(ResultSet row, String hash) throws SQLException {
        if (!hash.equals(row.getString("request_hash"))) {
            return new Claim.Other();
        }
        int status = row.getInt("status");
        if (row.wasNull()) {
            return row.getBoolean("lost") ? new Claim.Lost() : new Claim.Running();
        }
        Optional<Long> event = Optional.ofNullable(row.getObject("event_id", Long.class));
        return new Claim.Repeat(new Answer(status, event, row.getString("body")));
    }

    private int update(String statement, @Nullable Object... parameters) {
        return store.update(sql(statement), parameters);
    }

    private String sql(String statement) {
        return statement.formatted(store.name("idempotency_view"));
    }
}

package lpm.platform.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import lpm.platform.rest.IdempotencyKeys.Answer;
import lpm.platform.rest.IdempotencyKeys.Claim;
import lpm.platform.rest.IdempotencyKeys.Held;
import lpm.platform.store.Schema;
import lpm.platform.store.Store;
import lpm.platform.toy.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a key when the process dies between any two steps; on a real PostgreSQL. */
class IdempotencyKeysTest {
    private static final Answer ANSWER = new Answer(200, Optional.of(5L), "{\"id\":1}");
    private static final int LATER = IdempotencyKeys.ABANDONED_SECONDS + 1;
    private static final int NEXT_DAY = (IdempotencyKeys.KEPT_HOURS + 1) * 3600;

    private final Store store = new Store(Database.fresh("idempotency"), "idempotency");
    private final IdempotencyKeys keys = new IdempotencyKeys(store);

    @BeforeEach
    void tables() {
        Schema.create(store, List.of());
    }

    @Test
    void theSameRequestHasTheSameAnswerForADay() {
        Held held = fresh(7, "key");
        assertThat(keys.claim(7, "key", "hash")).isInstanceOf(Claim.Running.class);
        accept(held);
        keys.keep(held, ANSWER);

        assertThat(keys.claim(7, "key", "hash")).isEqualTo(new Claim.Repeat(ANSWER));
        assertThat(keys.claim(7, "key", "other hash")).isInstanceOf(Claim.Other.class);
        assertThat(keys.claim(8, "key", "hash")).as("another account's").isInstanceOf(Claim.Fresh.class);
        pass(LATER);
        assertThat(keys.claim(7, "key", "hash")).isEqualTo(new Claim.Repeat(ANSWER));
        pass(NEXT_DAY);
        fresh(7, "key");
    }

    @Test
    void whatIsOlderThanADayIsNotKept() {
        keys.keep(fresh(7, "old"), ANSWER);
        pass(NEXT_DAY);
        fresh(7, "new");

        assertThat(store.query("select key from idempotency.idempotency_view", row -> row.getString(1)))
                .containsExactly("new");
    }

    @Test
    void whatDiedBeforeItWasAcceptedMayBeTriedAgain() {
        fresh(7, "key");
        pass(LATER);
        fresh(7, "key");
    }

    @Test
    void whatDiedAfterItWasAcceptedIsNeverDoneAgain() {
        accept(fresh(7, "key"));
        assertThat(keys.claim(7, "key", "hash")).isInstanceOf(Claim.Running.class);
        pass(LATER);
        assertThat(keys.claim(7, "key", "hash")).isInstanceOf(Claim.Lost.class);
        assertThat(keys.claim(7, "key", "other hash")).isInstanceOf(Claim.Other.class);
    }

    @Test
    void aFailureAfterItWasAcceptedDoesNotFreeTheKey() {
        Held refused = fresh(7, "refused");
        keys.release(refused);
        fresh(7, "refused");

        Held failed = fresh(7, "failed");
        accept(failed);
        keys.release(failed);
        assertThat(keys.claim(7, "failed", "hash")).isInstanceOf(Claim.Running.class);
    }

    @Test
    void whoWasTooSlowIsNotAccepted() {
        Held slow = fresh(7, "key");
        pass(LATER);
        Held next = fresh(7, "key");

        assertThatThrownBy(() -> accept(slow)).isInstanceOf(Refused.class);
        keys.keep(slow, new Answer(200, Optional.empty(), "the slow one's"));
        keys.release(slow);
        accept(next);
        keys.keep(next, ANSWER);
        assertThat(keys.claim(7, "key", "hash")).isEqualTo(new Claim.Repeat(ANSWER));
    }

    @Test
    void whatWasRolledBackWasNotAccepted() {
        Held held = fresh(7, "key");
        assertThatThrownBy(() -> store.inTransaction(() -> {
                    keys.accept(held);
                    throw new IllegalStateException("the commands were in conflict");
                }))
                .isInstanceOf(IllegalStateException.class);
        pass(LATER);
        fresh(7, "key");
    }

    private Held fresh(long account, String key) {
        Claim claim = keys.claim(account, key, "hash");
        assertThat(claim).isInstanceOf(Claim.Fresh.class);
        return ((Claim.Fresh) claim).held();
    }

    private void accept(Held held) {
        store.inTransaction(() -> {
            keys.accept(held);
            return true;
        });
    }

    private void pass(int seconds) {
        store.update("update idempotency.idempotency_view set asked_at = asked_at - make_interval(secs => ?)", seconds);
    }
}

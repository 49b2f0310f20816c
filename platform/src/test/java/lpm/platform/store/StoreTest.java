package lpm.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import lpm.platform.toy.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements that travel with the next one. */
class StoreTest {
    private static final String ADD = "insert into toystore.number (n) values (?)";

    private final Store store = new Store(Database.fresh("toystore"), "toystore");

    @BeforeEach
    void table() {
        store.update("create schema toystore");
        store.update("create table toystore.number (n int primary key)");
    }

    @Test
    void whatWaitsIsThereForTheNextStatementAndAfterTheCommit() {
        store.inTransaction(() -> {
            store.later(ADD, 1);
            assertThat(numbers()).containsExactly(1);
            store.later(ADD, 2);
            assertThat(store.update("update toystore.number set n = n + 10 where n = ?", 2))
                    .isEqualTo(1);
            store.later(ADD, 3);
            store.updateAll(ADD, List.of(new Object[] {4}, new Object[] {5}));
            store.later("delete from toystore.number where n = ?", 1);
            return true;
        });

        assertThat(numbers()).containsExactly(3, 4, 5, 12);
    }

    @Test
    void manyThatWaitAreRunInTheirOrder() {
        store.inTransaction(() -> {
            IntStream.range(0, 40).forEach(n -> {
                store.later(ADD, n);
                store.later("update toystore.number set n = n + 100 where n = ?", n);
            });
            return true;
        });

        assertThat(numbers())
                .containsExactlyElementsOf(IntStream.range(100, 140).boxed().toList());
    }

    @Test
    void oneThatFailsFailsTheTransactionAndNothingIsKept() {
        store.update(ADD, 7);

        assertThatThrownBy(() -> store.inTransaction(() -> {
                    store.later(ADD, 6);
                    store.later(ADD, 7);
                    store.later(ADD, 8);
                    return true;
                }))
                .matches(SqlFailure::isConflict);

        assertThat(numbers()).containsExactly(7);
    }

    @Test
    void whatWaitsSinceASavepointIsTakenBackWithIt() {
        store.inTransaction(() -> {
            store.later(ADD, 1);
            store.tentatively(
                    () -> {
                        store.later(ADD, 2);
                        return true;
                    },
                    _ -> false);
            return store.tentatively(
                    () -> {
                        store.later(ADD, 3);
                        return true;
                    },
                    _ -> true);
        });

        assertThat(numbers()).containsExactly(1, 3);
    }

    @Test
    void byItselfAStatementIsRunAtOnce() {
        store.later(ADD, 1);

        assertThat(numbers()).containsExactly(1);
    }

    private List<Integer> numbers() {
        return store.query("select n from toystore.number order by n", row -> row.getInt(1));
    }
}

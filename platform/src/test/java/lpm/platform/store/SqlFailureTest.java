package lpm.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import lpm.platform.StoreUnavailable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailureTest {
    /** A full disk, no memory, no connection left, a disk that fails: nobody's command is to blame. */
    @ParameterizedTest
    @ValueSource(strings = {"53000", "53100", "53200", "53300", "58000", "58030", "57P01", "08006"})
    void whatTheServerLacksIsTriedAgainLater(String state) {
        SQLException failure = new SQLException("could not extend file", state);
        assertThat(SqlFailure.of(failure)).isInstanceOf(StoreUnavailable.class);
        assertThat(SqlFailure.isAway(new IllegalStateException(failure))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "42P01"})
    void whatIsWrongWithTheStatementIsNot(String state) {
        assertThat(SqlFailure.of(new SQLException("wrong", state))).isInstanceOf(SqlFailure.class);
    }
}

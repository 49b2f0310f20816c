package lpm.platform.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.platform.Query;
import lpm.platform.Rows;
import org.junit.jupiter.api.Test;

class InMemoryRowsTest extends RowsContract {
    @Override
    Rows fresh() {
        return new InMemoryRows();
    }

    @Test
    void takesBackWhatWasWrittenSinceTheBeginning() {
        InMemoryRows memory = (InMemoryRows) rows;
        memory.begin();
        memory.delete(TABLE, "1");
        memory.put(TABLE, "2", new Thing(new LinodeId(2), "changed", Optional.empty(), List.of(), 0, true));
        memory.put(TABLE, "2", new Thing(new LinodeId(2), "twice", Optional.empty(), List.of(), 0, true));
        memory.put(TABLE, "5", new Thing(new LinodeId(5), "new", Optional.empty(), List.of(), 0, true));

        memory.rollback();

        assertThat(memory.find(TABLE, Query.all(), Thing.class))
                .extracting(Thing::label)
                .containsExactly("alpha", "Beta", "gamma_%", "ünï\uD83D\uDE00");
    }
}

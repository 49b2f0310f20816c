package lpm.platform.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lpm.contracts.Command;
import lpm.platform.Query;
import lpm.platform.toy.CounterCommand.Add;
import lpm.platform.toy.CounterCommand.Explode;
import lpm.platform.toy.CounterCommand.Open;
import lpm.platform.toy.Rig;
import lpm.platform.toy.Toy;
import org.junit.jupiter.api.Test;

/** Rows that no event may tell are written in the transaction of the unit that they belong to. */
class KeptBesideTest {
    private final Rig rig = new Rig("toybeside").create();

    @Test
    void whatIsKeptBesideAUnitSharesItsFate() {
        rig.send(new Open("a", 10));

        keep("refused", new Add("a", 11));
        keep("refused", new Add("a", 4), new Add("a", 11));
        assertThatThrownBy(() -> keep("failed", new Add("a", 4), new Explode("a")));
        assertThatThrownBy(() -> rig.commands.send(Toy.request(), List.of(new Add("a", 4)), rows -> {
                    rows.put(Toy.KNOWN, "failed", new Toy.Row("failed", 1));
                    throw new IllegalStateException("told to fail");
                }))
                .hasMessageContaining("told to fail");
        assertThat(rig.rows.count(Toy.KNOWN, Query.all())).isZero();
        assertThat(rig.streams.read("counter:a", 0, 100)).hasSize(1);

        keep("accepted", new Add("a", 4), new Add("a", 5));
        assertThat(rig.rows.find(Toy.KNOWN, Query.all(), Toy.Row.class)).containsExactly(new Toy.Row("accepted", 1));
        assertThat(rig.total("a")).isEqualTo(9);
    }

    private void keep(String what, Command... unit) {
        rig.commands.send(Toy.request(), List.of(unit), rows -> rows.put(Toy.KNOWN, what, new Toy.Row(what, 1)));
    }
}

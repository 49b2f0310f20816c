package lpm.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import lpm.local.LocalFailure;
import org.junit.jupiter.api.Test;

class CellTest {

    @Test
    void everyComponentMeetsEveryFaultInEveryPhaseOnce() {
        assertThat(Cell.all())
                .doesNotHaveDuplicates()
                .hasSize(Cell.Component.values().length * Cell.Phase.values().length * Cell.Fault.values().length);
        assertThat(Cell.all().subList(0, Cell.Component.values().length))
                .extracting(Cell::component)
                .doesNotHaveDuplicates();
    }

    @Test
    void aFilterChoosesByTypedNames() {
        Map<String, String> filter = Map.of("component", "source-agent+kafka", "phase", "committed", "fault", "kill");
        List<Cell> chosen =
                Cell.all().stream().filter(each -> each.matches(filter)).toList();
        assertThat(chosen)
                .extracting(Cell::toString)
                .containsExactlyInAnyOrder("source-agent committed kill", "kafka committed kill");
        assertThatThrownBy(() -> chosen.getFirst().matches(Map.of("phase", "wrong")))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("committed");
    }
}

package lpm.hostagent.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class PreCopyTest {
    @Test
    void agreesWithTheClosedFormWhereTheWorkingSetDoesNotBind() {
        for (double dirty : new double[] {1, 10, 40, 120}) {
            PreCopy predicted = PreCopy.of(4_096, dirty, 1_000, PreCopy.SWITCH_MILLIS);
            double ratio = dirty / 1_000;
            int rounds = predicted.rounds();
            double total = 4_096 * (1 - Math.pow(ratio, rounds + 1)) / ((1 - ratio) * 1_000) * 1_000;
            double pause = 4_096 * Math.pow(ratio, rounds) / 1_000 * 1_000;
            assertThat(predicted.totalMillis()).isCloseTo(total + PreCopy.SWITCH_MILLIS, offset(0.001));
            assertThat(predicted.pauseMillis()).isCloseTo(pause + PreCopy.SWITCH_MILLIS, offset(0.001));
        }
    }

    @Test
    void stopsAfterFiveRoundsHoweverBusyTheGuestIs() {
        PreCopy busy = PreCopy.of(4_096, 5_000, 1_000, PreCopy.SWITCH_MILLIS);
        assertThat(busy.rounds()).isEqualTo(PreCopy.MAX_ROUNDS);
        assertThat(busy.lastMib()).isEqualTo(4_096 * PreCopy.WORKING_SET);
    }

    @Test
    void stopsWhenFewerThanFiftyPagesAreLeft() {
        PreCopy calm = PreCopy.of(1_024, 0.1, 1_000, PreCopy.SWITCH_MILLIS);
        assertThat(calm.rounds()).isEqualTo(1);
        assertThat(calm.pauseMillis()).isLessThan(PreCopy.SWITCH_MILLIS + 1);
    }
}

package lpm.xenlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ConsoleTicksTest {
    private static String log(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(n -> "[2026-01-02 03:04:05] TICK " + n + " " + n / 10 + ".123\r\n")
                .collect(Collectors.joining());
    }

    @Test
    void partsOnTwoHostsAreOneSequence() {
        Optional<ConsoleTicks> ticks = ConsoleTicks.of(List.of(log(0, 99) + log(200, 250), log(98, 199)));

        assertThat(ticks).hasValueSatisfying(it -> {
            assertThat(it.whole(1)).isTrue();
            assertThat(it.last()).isEqualTo(250);
            assertThat(it.twice()).isEqualTo(2);
        });
    }

    @Test
    void aLostTickIsNamed() {
        assertThat(ConsoleTicks.of(List.of(log(0, 99), log(101, 120)))).hasValueSatisfying(it -> {
            assertThat(it.missing()).containsExactly(100L);
            assertThat(it.whole(1)).isFalse();
        });
    }

    @Test
    void aLineThatIsBrokenOffIsNoTickAndIsShown() {
        String line = "[2026-01-02 03:04:05] TICK 9[2026-01-02 03:05:06] TICK 150 15.123";
        assertThat(ConsoleTicks.of(List.of(log(0, 98) + line + "\r\n", log(100, 149))))
                .hasValueSatisfying(it -> {
                    assertThat(it.missing()).containsExactly(99L);
                    assertThat(it.last()).isEqualTo(150);
                    assertThat(it.broken()).containsExactly(line);
                    assertThat(it.whole(1)).isFalse();
                });
    }

    /** Seen with two guests on one host. */
    @Test
    void theDaemonsTimeMayStandWithinALine() {
        String lines = "[2026-11-26 17:03:14] TICK 99 186.812[2026-11-26 17:03:14] \r\n"
                + "[2026-11-26 17:03:14] TICK 1[2026-11-26 17:03:15] 00 186.912\r\n";
        assertThat(ConsoleTicks.of(List.of(log(0, 98) + lines + log(101, 120)))).hasValueSatisfying(it -> {
            assertThat(it.missing()).isEmpty();
            assertThat(it.broken()).isEmpty();
            assertThat(it.whole(1)).isTrue();
        });
    }

    @Test
    void manyNumbersOnTwoHostsWereWrittenByTwoCopies() {
        assertThat(ConsoleTicks.of(List.of(log(0, 199), log(100, 250))))
                .hasValueSatisfying(it -> assertThat(it.whole(1)).isFalse());
    }

    @Test
    void onlyTheLastStartCounts() {
        assertThat(ConsoleTicks.of(List.of(log(0, 500) + log(0, 20))))
                .hasValueSatisfying(it -> assertThat(it.last()).isEqualTo(20));
        assertThat(ConsoleTicks.of(List.of("", "Linux version 6.1"))).isEmpty();
    }
}

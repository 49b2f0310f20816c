package lpm.xenlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The arithmetic of the witness, from lines as two hosts would write them; h2's clock is 1,000 s behind h1's. */
class DoubleRunTest {
    private static final double NANOS = 1e9;
    private static final double TICK = 0.25;

    private final HostSights one = new HostSights("h1", 1);
    private final HostSights two = new HostSights("h2", 1);

    /** A line that came {@code delay} seconds after its look at {@code at}, on a host whose clock shows less. */
    private static void line(HostSights host, double at, double delay, double behind, String rest) {
        String line = String.format(Locale.ROOT, "%.4f %.4f %s", at - behind, at - behind - 0.025, rest);
        host.add(WatchLine.parse(Math.round((at + delay) * NANOS), line).orElseThrow());
    }

    private static void runs(HostSights host, double from, double to, double behind, int domain) {
        for (double at = from; at < to - 1e-6; at += TICK) {
            line(host, at, at * 7 % 0.2, behind, "linode-1 " + domain + " -b---- " + String.format("%.2f", at / 10));
            line(host, at, 0.002, behind, "- -1 alive 0.03");
        }
    }

    private static void ends(HostSights host, double at, double behind, int domain, String flags) {
        line(host, at, 0.1, behind, "linode-1 " + domain + " " + flags + " " + String.format("%.2f", at / 10));
        line(host, at + TICK, 0.002, behind, "- -1 alive 0.03");
    }

    private List<DoubleRun> doubles() {
        return DoubleRun.among(java.util.stream.Stream.of(one, two)
                .flatMap(host -> host.spans().stream())
                .toList());
    }

    @Test
    void aMoveInWhichTheSourceStopsFirstIsNone() {
        runs(one, 100, 110, 0, 3);
        ends(one, 110, 0, 3, "---s--");
        line(two, 105, 0.1, 1000, "linode-1 7 --p--- 0.00");
        runs(two, 110.3, 115, 1000, 7);
        ends(two, 115, 1000, 7, "gone");

        assertThat(doubles()).isEmpty();
        assertThat(one.spans()).singleElement().satisfies(span -> {
            assertThat(span.seconds()).isCloseTo(9.975, within(0.01));
            assertThat(span.cpuSeconds()).isCloseTo(1.0, within(0.01));
        });
        assertThat(two.spans()).singleElement().satisfies(span -> assertThat(span.fromNanos() / NANOS)
                .isCloseTo(110.3, within(0.01)));
    }

    @Test
    void twoCopiesThatOverlapAreFoundWithHowLong() {
        runs(one, 100, 110, 0, 3);
        ends(one, 110, 0, 3, "gone");
        runs(two, 109.5, 112, 1000, 7);

        assertThat(doubles()).singleElement().satisfies(it -> {
            assertThat((it.toNanos() - it.fromNanos()) / NANOS).isCloseTo(0.475, within(0.02));
            assertThat(it.toString()).contains("linode-1 on h1 (domain 3) and on h2 (domain 7) for 0.4");
        });
    }

    @Test
    void aCopyShownAsPausedThatUsesTheProcessorRuns() {
        runs(one, 100, 110, 0, 3);
        line(two, 104, 0.1, 1000, "linode-1 7 --p--- 0.00");
        line(two, 105, 0.1, 1000, "linode-1 7 --p--- 0.50");

        assertThat(doubles()).hasSize(1);
    }

    @Test
    void aHostThatStoodStillRanNothingMeanwhile() {
        runs(one, 100, 110, 0, 3);
        // its clock stood still for 40 s
        runs(one, 150, 152, 40, 3);
        runs(two, 120, 145, 1000, 7);

        assertThat(doubles()).isEmpty();
        assertThat(one.spans()).hasSize(2);
    }

    @Test
    void linesThatWereHeldUpKeepTheirTime() {
        runs(one, 100, 110, 0, 3);
        for (double at = 110; at < 140; at += TICK) {
            line(one, at, 140 - at, 0, "linode-1 3 -b---- 11.00");
        }
        runs(one, 140, 142, 0, 3);
        runs(two, 125, 126, 1000, 7);

        assertThat(doubles()).singleElement().satisfies(it -> assertThat((it.toNanos() - it.fromNanos()) / NANOS)
                .isCloseTo(0.75, within(0.05)));
    }

    @Test
    void whatIsNoWholeLineIsNone() {
        assertThat(WatchLine.parse(0, "12.5 12.4 linode-1 3 -b--")).isEmpty();
        assertThat(WatchLine.parse(0, "12.5 12.4 linode-1 x -b---- 1.0")).isEmpty();
        assertThat(WatchLine.parse(0, "12.5 12.4 linode-1 3 r----- 1.0"))
                .hasValueSatisfying(line -> assertThat(line.mayRun()).isTrue());
    }
}

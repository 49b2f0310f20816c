package lpm.systemtests.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import lpm.systemtests.explore.SeedOutcome.Failure;
import org.junit.jupiter.api.Test;

class SimReportTest {
    private static final SeedOutcome GOOD = new SeedOutcome(
            "seed 1",
            Map.of("a migration began", 5L, "a migration completed", 3L, "a migration was aborted", 2L),
            0,
            Optional.empty());
    private static final SeedOutcome BAD = new SeedOutcome(
            "seed 2",
            Map.of("a migration began", 2L, "a migration was lost", 1L),
            1,
            Optional.of(new Failure(2, StateChecks.ONE_COPY, "linode 1 twice", "seed: 2")));

    private final SimReport report = new SimReport("abc");

    @Test
    void addsUpMigrationsAndDoubleRuns() {
        report.add(GOOD);
        assertThat(report.passed()).isTrue();
        report.add(BAD);
        assertThat(report.passed()).isFalse();
        assertThat(report.text(0.5))
                .contains("simulated migrations: 7 begun, 3 completed, 2 aborted, 1 lost; 1 double runs\n")
                .contains("       3  a migration completed\n")
                .contains("MISSED  a migration was asked to stop\n")
                .contains("2 seeds, 1 failed, ")
                .endsWith(" 4 seeds per minute, commit abc");
    }

    @Test
    void programsReadTheSame() {
        report.add(GOOD);
        report.add(BAD);
        assertThat(report.fields(0.5))
                .containsEntry("seeds", 2L)
                .containsEntry("failed", 1)
                .containsEntry("migrations", Map.of("begun", 7L, "completed", 3L, "aborted", 2L, "lost", 1L))
                .containsEntry("double_runs", 1L)
                .containsEntry("seeds_per_minute", 4L);
    }

    @Test
    void aSeedsMigrationsAllEnd() {
        SeedOutcome outcome = SeedOutcome.of(1, SimOptions.parse(new String[0]));
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.doubleRuns()).isZero();
        Map<String, Long> met = outcome.sightings();
        long ended = met.getOrDefault(Sightings.COMPLETED, 0L)
                + met.getOrDefault(Sightings.ABORTED, 0L)
                + met.getOrDefault(Sightings.LOST, 0L);
        assertThat(met.getOrDefault(Sightings.BEGUN, 0L)).isPositive().isEqualTo(ended);
    }
}

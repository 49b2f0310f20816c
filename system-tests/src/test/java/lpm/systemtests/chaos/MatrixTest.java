package lpm.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lpm.local.Progress;
import lpm.systemtests.chaos.Cell.Component;
import lpm.systemtests.chaos.Cell.Fault;
import lpm.systemtests.chaos.Cell.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cells of the kill matrix that matter most, and the writes; {@code ./lpm chaos} has all of them. */
class MatrixTest {
    private static final Duration FAULT = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofHours(1);

    private static final List<Cell> CELLS = List.of(
            new Cell(Component.migration, Phase.received, Fault.kill),
            new Cell(Component.targetAgent, Phase.committed, Fault.kill),
            new Cell(Component.sourceAgent, Phase.switching, Fault.stop),
            new Cell(Component.migration, Phase.committed, Fault.cut),
            new Cell(Component.sourceHost, Phase.received, Fault.kill),
            new Cell(Component.kafka, Phase.switching, Fault.kill));

    @TempDir
    Path folder;

    @Test
    void migrationsAndWritesSurviveWhatMattersMost() {
        try (Playground ground = Playground.start(folder.resolve("cloud"), new Progress(System.out))) {
            assertThat(new Matrix(ground, FAULT, LIMIT).run(CELLS))
                    .hasSameSizeAs(CELLS)
                    .allSatisfy(each ->
                            assertThat(each.result()).as(Matrix.line(each)).isEqualTo(Verdict.Result.passed));
            Writes.Report writes = new Writes(ground, 1, 1).run(3);
            assertThat(writes.wrong()).isEmpty();
            assertThat(writes.acknowledged()).isPositive();
        }
    }
}

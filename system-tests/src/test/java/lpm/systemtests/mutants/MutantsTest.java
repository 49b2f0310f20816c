package lpm.systemtests.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lpm.systemtests.explore.Run;
import lpm.systemtests.explore.Scenarios;
import lpm.systemtests.explore.Violation;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every planted bug must be caught, by the script and the invariant that {@code docs/operations/sim-mutants.md} tells.
 * Run with {@code -Dlpm.mutants.write=true} to look for them anew and to write that table.
 */
class MutantsTest {
    private static final Path TABLE = Path.of(System.getProperty("basedir", "."), "../docs/operations/sim-mutants.md");
    private static final int SEEDS = 60;
    private static final String HEAD = """
        # Planted bugs and what caught them

        Written by `MutantsTest` with `-Dlpm.mutants.write=true`; the test runs each bug with its script.
        A script is a seed of `./lpm sim` or a folder of `system-tests/src/test/resources/scenarios`; each
        of them passes without the bug. Bugs of delivery are planted in the simulated platform, all others
        around the features and agents that run in production. All is simulated.

        | bug | what is wrong | caught by | invariant |
        |---|---|---|---|
        """;

    private static final String HARMLESS = """

        ## Planted and harmless

        These bugs were planted and run with 64 scenarios, and nothing came of them: another guard stands behind
        each.

        * *An agent obeys orders of an older owner epoch.* A host's orders are one partition, every sender
          publishes in the order of its log, and an agent drops what it has dealt with: an
          older owner's order is carried out before a newer owner begins. Over a new registration the host
          epoch refuses it (`old-registrations-orders-count`), and the pool gives no lock to an older epoch.
        * *An agent resumes or cancels the copy of another migration.* The same order: the last order of one
          attempt to a host comes before the first of the next, which removes left-overs before it begins.
        * *The scheduler believes reports of a host's older registration.* A host's reports are one partition
          too: they come before its new registration, and a Linode that was placed under that has a new owner
          epoch, which reports name.
        * *The scheduler takes an unasked inventory for an answer.* A Linode that is taken for stopped is booted
          again under the same owner epoch, and its agent finds that it runs.
        * *The hypervisor stops nothing when the lease is revoked.* The agent destroys all domains itself before
          it begins another incarnation; should it not, the watchdog freezes them before a fence is confirmed.
        * *An agent does orders again that it has dealt with.* What it starts so is seen by its inventory, and what
          runs though it is off is stopped. Before the scheduler did that, a scenario caught it.
        """;

    private record Row(String script, String invariant) {}

    @TestFactory
    Stream<DynamicTest> everyPlantedBugIsCaught() throws IOException {
        if (Boolean.getBoolean("lpm.mutants.write")) {
            Files.writeString(TABLE, hunted());
        }
        Map<String, Row> table = table();
        return Mutants.all().stream()
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> {
                    Row row = table.get(each.name());
                    assertThat(row).as("row of the table").isNotNull();
                    Optional<Violation> found =
                            Run.of(Scenarios.script(row.script()), each.parts()).violation();
                    assertThat(found.map(Violation::invariant)).contains(row.invariant());
                }));
    }

    @Test
    void thereAreAsManyAsWerePromised() {
        assertThat(Mutants.all()).hasSizeGreaterThanOrEqualTo(30);
    }

    private static Map<String, Row> table() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            String[] cells = line.split("\\|");
            if (line.startsWith("| ") && cells.length == 5 && !cells[1].strip().equals("bug")) {
                rows.put(cells[1].strip(), new Row(cells[3].strip(), cells[4].strip()));
            }
        }
        return rows;
    }

    private static String hunted() throws IOException {
        StringBuilder table = new StringBuilder(HEAD);
        for (Mutant each : Mutants.all()) {
            Optional<Row> row = caught(each);
            table.append("| %s | %s | %s | %s |%n"
                    .formatted(
                            each.name(),
                            each.what(),
                            row.map(Row::script).orElse("nothing"),
                            row.map(Row::invariant).orElse("none")));
        }
        return table.append(HARMLESS).toString();
    }

    private static Optional<Row> caught(Mutant mutant) throws IOException {
        List<String> scripts = new ArrayList<>(
                Scenarios.all().stream().map(Scenarios.Scenario::name).toList());
        IntStream.rangeClosed(1, SEEDS).forEach(seed -> scripts.add("seed " + seed));
        for (String script : scripts) {
            Optional<Violation> found =
                    Run.of(Scenarios.script(script), mutant.parts()).violation();
            if (found.isPresent()) {
                return Optional.of(new Row(script, found.get().invariant()));
            }
        }
        return Optional.empty();
    }
}

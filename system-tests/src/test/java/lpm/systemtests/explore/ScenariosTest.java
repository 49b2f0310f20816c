package lpm.systemtests.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every folder of {@code scenarios}: its script must pass, and tell the events in {@code events.expect}. Run with
 * {@code -Dlpm.scenarios.write=true} to write those files again, then look at the difference.
 */
class ScenariosTest {
    private static final boolean WRITE = Boolean.getBoolean("lpm.scenarios.write");

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException {
        return Scenarios.all().stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
    }

    private static void check(Scenarios.Scenario scenario) throws IOException {
        Run.Result result = Run.of(scenario.script());
        assertThat(result.violation()).isEmpty();
        Path expected = scenario.folder().resolve("events.expect");
        String events = Golden.of(result.published());
        if (WRITE) {
            Files.writeString(expected, events);
        }
        assertThat(events).isEqualTo(Files.readString(expected));
        assertThat(scenario.folder().resolve("README.md")).exists();
    }

    @Test
    void thereAreAsManyAsWerePromised() throws IOException {
        assertThat(Scenarios.all()).hasSizeGreaterThanOrEqualTo(30);
    }
}

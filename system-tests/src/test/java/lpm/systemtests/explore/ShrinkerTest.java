package lpm.systemtests.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    @Test
    void keepsOnlyTheStepsThatAFailureNeeds() {
        List<Step> steps = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> Step.at(i, "boot " + i))
                .toList();
        Step first = steps.get(6);
        Step second = steps.get(31);

        Script shortest = new Shrinker(script -> script.steps().containsAll(List.of(first, second)))
                .shrink(new Script(1, 3, steps));

        assertThat(shortest.steps()).containsExactly(first, second);
    }

    @Test
    void aScriptIsReadAsItWasWritten() {
        Script script = Generator.script(5, 30, FaultFamily.parse("all"));
        assertThat(Script.parse(script.toString())).isEqualTo(script);
    }
}

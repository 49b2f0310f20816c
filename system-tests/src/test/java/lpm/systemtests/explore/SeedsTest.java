package lpm.systemtests.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** So many seeds as belong to every build; {@code ./lpm sim --seeds N} runs more. */
class SeedsTest {
    private static final int SEEDS = 200;

    /** What a hundred seeds must have met; the rarer things are left to longer runs. */
    private static final List<String> MET = List.of(
            "a command came after its time",
            "a report of an old registration was rejected",
            "a transaction became visible after a later one",
            "a migration completed",
            "a migration was aborted",
            "a migration was lost",
            "a migration's outcome was unknown for a while",
            "a SourceReleased was lost, and absence committed",
            "a host was fenced",
            "a host received a secret",
            "a fenced host came back",
            "a Linode was recovered",
            "a lease ran out while the agent was stopped",
            "a drain completed",
            "a record was delivered again",
            "a service crashed between its commit and the relay",
            "a service crashed between publishing and its position",
            "a transaction met another writer and was done again",
            "guests stood by the watchdog and ran on",
            "recovery waited for an open migration",
            "the migration service crashed in the hand-over window",
            "the source's agent died in the hand-over window",
            "the target's agent died in the hand-over window");

    @Test
    void everySeedPassesAndTogetherTheyMeetWhatMatters() {
        Map<String, Long> met = new TreeMap<>();
        List<String> failed = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Run.Result result = Run.of(Generator.script(seed, SimOptions.OPERATIONS, FaultFamily.parse("all")));
            result.sightings().forEach((what, count) -> met.merge(what, count, Long::sum));
            String name = "seed " + seed + ": ";
            result.violation().ifPresent(violation -> failed.add(name + violation.getMessage()));
        }
        assertThat(failed).isEmpty();
        assertThat(met.keySet()).containsAll(MET);
    }

    @Test
    void aSeedIsTheSameRunEachTime() {
        for (long seed = 1001; seed <= 1003; seed++) {
            Script script = Generator.script(seed, SimOptions.OPERATIONS, FaultFamily.parse("all"));
            assertThat(Run.of(script).hash()).isEqualTo(Run.of(script).hash());
        }
    }

    @Test
    void otherSeedsAreOtherRuns() {
        Script one = Generator.script(1, SimOptions.OPERATIONS, FaultFamily.parse("none"));
        Script other = Generator.script(2, SimOptions.OPERATIONS, FaultFamily.parse("none"));
        assertThat(Run.of(one).hash()).isNotEqualTo(Run.of(other).hash());
    }
}

package lpm.systemtests.explore;

import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a seed's run.
 *
 * @param line the run in a line
 * @param sightings how often each thing that is looked for was met
 * @param doubleRuns how often a Linode ran twice at a time
 */
record SeedOutcome(String line, Map<String, Long> sightings, long doubleRuns, Optional<Failure> failure) {
    /** A seed that failed, with a script, made short if that is asked for, that fails in the same way. */
    record Failure(long seed, String invariant, String what, String script) {}

    /** Runs a seed; nothing of it is shared with other runs, so that many may go on at a time. */
    static SeedOutcome of(long seed, SimOptions options) {
        Script script = Generator.script(seed, options.operations(), options.families());
        Run.Result result = Run.of(script);
        String line = "seed " + seed + " hash " + result.hash() + " events "
                + result.published().size() + " virtual " + result.virtual();
        return new SeedOutcome(
                line,
                result.sightings(),
                result.doubleRuns(),
                result.violation().map(each -> failure(seed, script, each, options.shrink())));
    }

    private static Failure failure(long seed, Script script, Violation violation, boolean shrink) {
        Script shorter = shrink ? shorter(script, violation.invariant()) : script;
        String what =
                String.valueOf(Run.of(shorter).violation().orElse(violation).getMessage());
        return new Failure(seed, violation.invariant(), what, shorter.toString());
    }

    private static Script shorter(Script script, String invariant) {
        return new Shrinker(other -> Run.of(other)
                        .violation()
                        .filter(each -> each.invariant().equals(invariant))
                        .isPresent())
                .shrink(script);
    }
}

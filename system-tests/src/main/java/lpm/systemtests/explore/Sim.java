package lpm.systemtests.explore;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lpm.platform.json.Json;

/** {@code ./lpm sim}: runs seeds or a script, and tells what failed, in a form that can be checked in. */
public final class Sim {
    private final SimOptions options;
    private final PrintStream out;
    private final Map<String, Long> sightings = new TreeMap<>();
    private final List<Failure> failures = new ArrayList<>();

    private Sim(SimOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** A seed that failed, with a short script that fails in the same way. */
    private record Failure(long seed, String invariant, String what, String script) {}

    /** Ends with 0 when every seed passed, with 1 when one failed, with 2 when the arguments are wrong. */
    public static void main(String[] args) throws IOException {
        try {
            SimOptions options = SimOptions.parse(args);
            System.exit(new Sim(options, System.out).run() ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println("lpm sim: " + e.getMessage());
            System.exit(2);
        }
    }

    private boolean run() throws IOException {
        Optional<Path> script = options.script();
        if (script.isPresent()) {
            return one(Script.parse(Files.readString(script.get())));
        }
        long start = System.nanoTime();
        for (long seed = options.seed(); seed < options.seed() + options.seeds(); seed++) {
            seed(seed);
        }
        double minutes = (System.nanoTime() - start) / 6e10;
        report(minutes);
        return failures.isEmpty();
    }

    /** One script, shown whole. */
    private boolean one(Script script) {
        Run.Result result = Run.of(script);
        out.print(Golden.of(result.published()));
        out.println("hash " + result.hash());
        result.violation().ifPresent(each -> out.println("VIOLATED " + each.getMessage()));
        return result.violation().isEmpty();
    }

    private void seed(long seed) {
        Script script = Generator.script(seed, options.operations(), options.families());
        Run.Result result = Run.of(script);
        result.sightings().forEach((what, count) -> sightings.merge(what, count, Long::sum));
        if (!options.json() && options.seeds() <= SimOptions.FEW) {
            out.println("seed " + seed + " hash " + result.hash() + " events "
                    + result.published().size() + " virtual " + result.virtual());
        }
        result.violation().ifPresent(violation -> {
            Script shorter = options.shrink()
                    ? new Shrinker(other -> Run.of(other)
                                    .violation()
                                    .filter(each -> each.invariant().equals(violation.invariant()))
                                    .isPresent())
                            .shrink(script)
                    : script;
            String what =
                    String.valueOf(Run.of(shorter).violation().orElse(violation).getMessage());
            Failure failure = new Failure(seed, violation.invariant(), what, shorter.toString());
            failures.add(failure);
            if (!options.json()) {
                show(failure);
            }
        });
    }

    private void show(Failure failure) {
        out.println("seed " + failure.seed() + " of commit " + options.commit() + " VIOLATED " + failure.what());
        out.println(failure.script());
    }

    private void report(double minutes) {
        List<String> missed = Sightings.ALL.stream()
                .filter(each -> !sightings.containsKey(each))
                .toList();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("commit", options.commit());
        report.put("seeds", options.seeds());
        report.put("failed", failures.size());
        report.put("seeds_per_minute", Math.round(options.seeds() / minutes));
        report.put("sometimes", sightings);
        report.put("missed", missed);
        report.put("failures", failures);
        if (options.json()) {
            out.println(Json.write(report));
            return;
        }
        out.println("sometimes:");
        sightings.forEach((what, count) -> out.println("  %8d  %s".formatted(count, what)));
        missed.forEach(each -> out.println("    MISSED  " + each));
        out.println("%d seeds, %d failed, %d missed, %d seeds per minute, commit %s"
                .formatted(
                        options.seeds(),
                        failures.size(),
                        missed.size(),
                        Math.round(options.seeds() / minutes),
                        options.commit()));
    }
}

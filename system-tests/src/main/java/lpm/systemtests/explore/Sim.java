package lpm.systemtests.explore;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Gatherers;
import java.util.stream.LongStream;
import lpm.platform.json.Json;
import lpm.systemtests.explore.SeedOutcome.Failure;

/** {@code ./lpm sim}: runs seeds or a script, and tells what failed, in a form that can be checked in. */
public final class Sim {
    /** So many seeds more than processors are begun, so that a long one keeps nobody waiting. */
    private static final int AHEAD = 8;

    private final SimOptions options;
    private final PrintStream out;
    private final SimReport report;
    private final Progress progress;

    private Sim(SimOptions options, PrintStream out, PrintStream aside) {
        this.options = options;
        this.out = out;
        this.progress = new Progress(options.seeds(), aside, Boolean.getBoolean("lpm.terminal"), System::nanoTime);
        this.report = new SimReport(options.commit());
    }

    /** Ends with 0 when every seed passed, with 1 when one failed, with 2 when the arguments are wrong. */
    public static void main(String[] args) throws IOException {
        try {
            SimOptions options = SimOptions.parse(args);
            System.exit(new Sim(options, System.out, System.err).run() ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println("lpm sim: " + e.getMessage());
            System.exit(2);
        }
    }

    private boolean run() throws IOException {
        Optional<Path> script = options.script();
        return script.isPresent() ? one(Script.parse(Files.readString(script.get()))) : seeds();
    }

    /** One script, shown whole. */
    private boolean one(Script script) {
        Run.Result result = Run.of(script);
        out.print(Golden.of(result.published()));
        out.println("hash " + result.hash());
        result.violation().ifPresent(each -> out.println("VIOLATED " + each.getMessage()));
        return result.violation().isEmpty();
    }

    /** Each seed is one thread's, and as many are run at a time as there are processors; told in their order. */
    private boolean seeds() {
        int begun = Runtime.getRuntime().availableProcessors() + AHEAD;
        long start = System.nanoTime();
        LongStream.range(options.seed(), options.seed() + options.seeds())
                .boxed()
                .gather(Gatherers.mapConcurrent(begun, this::outcome))
                .forEach(this::told);
        progress.clear();
        double minutes = (System.nanoTime() - start) / 6e10;
        out.println(options.json() ? Json.write(report.fields(minutes)) : report.text(minutes));
        return report.passed();
    }

    private SeedOutcome outcome(long seed) {
        SeedOutcome outcome = SeedOutcome.of(seed, options);
        progress.ended(outcome.failure().isEmpty());
        return outcome;
    }

    private void told(SeedOutcome outcome) {
        report.add(outcome);
        if (!options.json()) {
            if (options.seeds() <= SimOptions.FEW) {
                progress.clear();
                out.println(outcome.line());
            }
            outcome.failure().ifPresent(this::show);
        }
    }

    private void show(Failure failure) {
        progress.clear();
        out.println("seed " + failure.seed() + " of commit " + options.commit() + " VIOLATED " + failure.what());
        out.println(failure.script());
    }
}

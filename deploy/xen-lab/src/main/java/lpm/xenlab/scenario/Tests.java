package lpm.xenlab.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import lpm.cli.ApiFailure;
import lpm.cli.Story;
import lpm.local.LocalFailure;
import lpm.local.Progress;
import lpm.xenlab.LabOptions;
import lpm.xenlab.LabOptions.Pool;
import lpm.xenlab.XenCloud;

/** Plays scenarios one after another on one cloud; goes on after a failure. */
public final class Tests {
    private final XenCloud cloud;
    private final Stage stage;
    private final Progress progress;
    private final Order order;
    private final List<String> failed = new ArrayList<>();

    private Tests(XenCloud cloud, Stage stage, Progress progress) {
        this.cloud = cloud;
        this.stage = stage;
        this.progress = progress;
        this.order = new Order(stage, progress);
    }

    /**
     * Plays them so often, those of each kind of pool on a lab of their own; true when all went well.
     *
     * @param names which; none for the usual ones
     * @param all whether none stands for all
     */
    public static boolean play(LabOptions options, int port, List<String> names, boolean all, int repeat) {
        List<Scenario> chosen = chosen(names, all);
        boolean passed = true;
        for (Pool pool : Pool.values()) {
            List<Scenario> those =
                    chosen.stream().filter(each -> each.pool() == pool).toList();
            passed &= those.isEmpty() || play(options.on(pool), port, those, repeat);
        }
        return passed;
    }

    private static boolean play(LabOptions options, int port, List<Scenario> chosen, int repeat) {
        Progress progress = options.progress();
        try (XenCloud cloud = XenCloud.start(options.watched(DoubleRunWitness.LOOK_MILLIS), port);
                Stage stage = new Stage(cloud, progress)) {
            Tests tests = new Tests(cloud, stage, progress);
            for (int round = 1; round <= repeat; round++) {
                for (Scenario scenario : chosen) {
                    tests.play(scenario, repeat == 1 ? "" : " (" + round + " of " + repeat + ")");
                }
            }
            return tests.result(chosen.size() * repeat);
        }
    }

    private static List<Scenario> chosen(List<String> names, boolean all) {
        List<Scenario> known = Scenario.all();
        List<String> unknown = names.stream()
                .filter(name -> known.stream().noneMatch(each -> each.name().equals(name)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new LocalFailure(
                    "Expected names among " + known.stream().map(Scenario::name).toList() + "; found " + unknown + ".");
        }
        return known.stream()
                .filter(each -> names.isEmpty() ? all || each.usual() : names.contains(each.name()))
                .toList();
    }

    private void play(Scenario scenario, String round) {
        stage.begin(scenario.name());
        double begun = progress.seconds();
        progress.say("%s%s begins", scenario.name(), round);
        try {
            String figures = scenario.play().apply(stage);
            safe();
            order.restore();
            new Remains(stage).mustBeNothing();
            progress.say("ok %s%s in %.0f s: %s", scenario.name(), round, progress.seconds() - begun, figures);
        } catch (LocalFailure | ApiFailure | IllegalStateException | IllegalArgumentException e) {
            failed.add(scenario.name() + round);
            progress.say("FAILED %s%s after %.0f s: %s", scenario.name(), round, progress.seconds() - begun, said(e));
            tell();
            order.restoreAsFarAsPossible();
        }
    }

    private static String said(RuntimeException e) {
        return e instanceof LocalFailure failure ? failure.sentence() : String.valueOf(e.getMessage());
    }

    /** What must hold after every scenario. */
    private void safe() {
        for (Guest guest : stage.made()) {
            if (stage.calm(guest::status).equals("running")) {
                guest.mustHaveAllWrites();
            }
        }
        new Remains(stage).mustBeOnlyWhatRuns();
        for (Guest guest : stage.made()) {
            List<DoubleRun> doubles = stage.witness().doubles(guest.name(), stage.begunNanos());
            Failed.unless(doubles.isEmpty(), "no double run", doubles);
        }
        DoubleRunWitness.Looks looks = stage.witness().looks(stage.begunNanos());
        progress.say(
                "  no double run, no lost write; time between two looks of the witness: median %d, at most %d ms",
                looks.medianMillis(), looks.longestMillis());
    }

    private void tell() {
        try {
            for (Guest guest : stage.made()) {
                progress.result("  --- history of " + guest.name());
                guest.events().forEach(this::tell);
                progress.result("  --- where it ran, seconds since the scenario began");
                stage.witness().spans(guest.name(), stage.begunNanos()).forEach(this::tell);
            }
            for (Move move : stage.moves()) {
                progress.result(
                        "  --- history of migration " + move.id() + " from " + move.source() + " to " + move.target());
                move.events().forEach(this::tell);
            }
        } catch (LocalFailure | ApiFailure e) {
            progress.result("  history cannot be had: " + e.getMessage());
        }
        progress.result("  --- logs: " + cloud.platform().dataDir().logs() + " and "
                + cloud.lab().dataDir().logs() + "; consoles: "
                + cloud.lab().dataDir().root() + "/h*/console.log");
    }

    private void tell(JsonNode event) {
        progress.result("  " + Story.line(event));
    }

    private void tell(Span span) {
        progress.result("  %s domain %d: %.2f to %.2f"
                .formatted(
                        span.host(),
                        span.domain(),
                        DoubleRunWitness.seconds(span.fromNanos() - stage.begunNanos()),
                        DoubleRunWitness.seconds(span.toNanos() - stage.begunNanos())));
    }

    private boolean result(int played) {
        progress.say(failed.isEmpty() ? "All %d scenarios passed" : "%d scenarios played, failed: " + failed, played);
        return failed.isEmpty();
    }
}

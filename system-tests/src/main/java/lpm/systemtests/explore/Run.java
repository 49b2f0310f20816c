package lpm.systemtests.explore;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.scheduler.host.HostState;
import lpm.systemtests.simulation.Bus;
import lpm.systemtests.simulation.Cell;
import lpm.systemtests.simulation.Parts;

/** One script, run from the first registration of hosts until everything has ended. */
public final class Run {
    static final String NO_FAILURE = "no handler fails";
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration TO_END = Duration.ofMinutes(20);
    private static final Duration AFTERWARDS = Duration.ofSeconds(15);

    private final World world;
    private final Script script;
    private final EndChecks ends;
    private final LoginChecks logins;

    private Run(Script script, Parts parts) {
        this.script = script;
        this.world = new World(script, parts);
        this.ends = new EndChecks(world.cell());
        this.logins = new LoginChecks(world.cell());
        StateChecks states = new StateChecks(world.cell());
        new FactChecks(world.cell());
        world.cell().timeline().every(LOOK, () -> {
            world.sightings().look();
            states.check();
        });
    }

    /**
     * What a run came to.
     *
     * @param hash over everything that was published, in order
     * @param sightings how often each thing that is looked for was met
     * @param doubleRuns how often the witness saw a Linode run twice at a time
     */
    public record Result(
            Optional<Violation> violation,
            String hash,
            List<Bus.Published> published,
            Map<String, Long> sightings,
            long doubleRuns,
            Duration virtual) {
        public Result {
            published = List.copyOf(published);
        }
    }

    /** Runs a script. */
    public static Result of(Script script) {
        return of(script, Parts.REAL);
    }

    /** Runs a script in a cell of which some parts are others. */
    public static Result of(Script script, Parts parts) {
        Run run = new Run(script, parts);
        Instant start = run.world.cell().timeline().now();
        Optional<Violation> violation = run.go();
        List<Bus.Published> published = run.world.cell().bus().log();
        return new Result(
                violation,
                hash(published),
                published,
                run.world.sightings().counts(),
                run.world.cell().xen().doubles().size(),
                Duration.between(start, run.world.cell().timeline().now()));
    }

    private Optional<Violation> go() {
        try {
            Cell cell = world.cell();
            cell.await("all hosts registered", READY, this::ready);
            Instant begin = cell.timeline().now();
            for (Step step : script.steps()) {
                step.at()
                        .map(begin::plus)
                        .filter(cell.timeline().now()::isBefore)
                        .ifPresent(at -> cell.timeline()
                                .run(Duration.between(cell.timeline().now(), at)));
                world.act(step);
            }
            end();
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(violation);
        } catch (RuntimeException failure) {
            return Optional.of(new Violation(NO_FAILURE, failure.toString()));
        }
    }

    private boolean ready() {
        return world.cell()
                        .service("scheduler")
                        .states(HostState.Registered.class)
                        .size()
                == script.hosts();
    }

    private void end() {
        Cell cell = world.cell();
        world.endFaults();
        cell.hosts().forEach(each -> world.act(Step.of("uncordon " + each.id())));
        Instant limit = cell.timeline().now().plus(TO_END);
        while (ends.stillToCome().isPresent()) {
            if (cell.timeline().now().isAfter(limit)) {
                throw new Violation(EndChecks.ENDS, ends.stillToCome().orElseThrow());
            }
            cell.timeline().run(LOOK);
        }
        cell.timeline().run(AFTERWARDS);
        ends.unfinished().ifPresent(again -> {
            throw new Violation(EndChecks.ENDS, "began again: " + again);
        });
        ends.check();
        logins.check();
    }

    private static String hash(List<Bus.Published> published) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            published.forEach(each -> digest.update(each.toString().getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

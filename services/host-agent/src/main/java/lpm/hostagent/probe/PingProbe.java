package lpm.hostagent.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/**
 * Asks the guest for an echo every 20 ms by {@code ping} (of iputils, as root) and takes the longest silence around the
 * switch-over, so a pause is measured to some 20 ms. Where there is no {@code ping}, or the guest never answered before
 * it was moved, there is nothing to tell. The child ends by itself after {@link #LONGEST}, and at its next line when
 * the agent is gone.
 */
public final class PingProbe implements PauseProbe {
    /** A probe never lasts longer. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String NAME = "ping";
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final String INTERVAL_SECONDS = "0.02";

    private final String program;
    private final InstantSource timeOfDay;
    private final Map<MigrationId, Run> runs = new ConcurrentHashMap<>();

    /** With the system's {@code ping} and its clock. */
    public PingProbe() {
        this(NAME, InstantSource.system());
    }

    /** The clock must be that of the program, which writes the time before each line. */
    PingProbe(String program, InstantSource timeOfDay) {
        this.program = program;
        this.timeOfDay = timeOfDay;
    }

    private record Run(Process child, AnswerGap gap) {}

    @Override
    public void begin(MigrationId migration, LinodeId linode, List<String> addresses) {
        end(migration);
        addresses.stream().findFirst().flatMap(this::start).ifPresent(run -> {
            runs.put(migration, run);
            Thread.ofPlatform().daemon().name("ping-linode-" + linode).start(() -> read(run));
        });
    }

    /** No program, no probe: the migration goes on without. */
    private Optional<Run> start(String address) {
        ProcessBuilder ping = new ProcessBuilder(
                        program,
                        "-n",
                        "-O",
                        "-D",
                        "-i",
                        INTERVAL_SECONDS,
                        // not a time (-w): with that, ping ends when the guest is unreachable for some seconds
                        "-c",
                        Long.toString(LONGEST.dividedBy(INTERVAL)),
                        withoutPrefix(address))
                .redirectErrorStream(true);
        try {
            Process child = ping.start();
            child.getOutputStream().close();
            return Optional.of(new Run(child, new AnswerGap()));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static String withoutPrefix(String address) {
        int slash = address.indexOf('/');
        return slash < 0 ? address : address.substring(0, slash);
    }

    private static void read(Run run) {
        try (BufferedReader lines = run.child().inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                PingLine.answeredAt(line).ifPresent(run.gap()::answered);
            }
        } catch (IOException | UncheckedIOException cut) {
            run.child().destroyForcibly();
        }
    }

    @Override
    public void switchingOver(MigrationId migration) {
        run(migration).ifPresent(run -> run.gap().switchedOver(timeOfDay.instant()));
    }

    @Override
    public Optional<Measured> measured(MigrationId migration) {
        return run(migration)
                .flatMap(run -> run.gap().silence())
                .map(silence -> new Measured(silence.toMillis(), NAME));
    }

    @Override
    public void end(MigrationId migration) {
        Optional.ofNullable(runs.remove(migration)).ifPresent(run -> run.child().destroyForcibly());
    }

    private Optional<Run> run(MigrationId migration) {
        return Optional.ofNullable(runs.get(migration));
    }
}

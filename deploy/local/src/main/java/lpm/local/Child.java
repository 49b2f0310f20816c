package lpm.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One process of the cloud under supervision: when it dies without being told to, it is started again after a growing
 * pause. Its output goes to its own log. Faults for tests: {@link #crash}, {@link #halt}, {@link #freeze},
 * {@link #surround}.
 */
public final class Child implements AutoCloseable {
    private static final Duration INTERRUPT_PAUSE = Duration.ofMillis(200);
    private static final long LONGEST_LOG_BYTES = 20L << 20;

    /**
     * What it is.
     *
     * @param command the program and its arguments
     * @param environment added to the launcher's own
     * @param ready whether it does its work
     * @param stopSignal asks it to end by itself, such as TERM
     * @param stopLimit how long that may take before it is killed
     */
    public record Spec(
            String name,
            List<String> command,
            Map<String, String> environment,
            BooleanSupplier ready,
            String stopSignal,
            Duration stopLimit) {
        public Spec {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        /** How long a program may take to end, where nothing speaks for more. */
        public static final Duration USUAL_STOP = Duration.ofSeconds(10);
    }

    private final Spec spec;
    private final DataDir dir;
    private final Progress progress;
    private Map<String, String> surroundings = Map.of();
    private boolean wanted;
    private boolean retired;
    private final Deaths deaths = new Deaths();
    private long startedNanos;
    private @Nullable Process process;

    public Child(Spec spec, DataDir dir, Progress progress) {
        this.spec = spec;
        this.dir = dir;
        this.progress = progress;
        keepLogShort();
    }

    public String name() {
        return spec.name();
    }

    public Path log() {
        return dir.logs().resolve(spec.name() + ".log");
    }

    /** Starts it, if it does not run. */
    public synchronized Child start() {
        if (retired) {
            throw new LocalFailure("The cloud is being stopped.");
        }
        wanted = true;
        if (!alive()) {
            launch();
        }
        return this;
    }

    private void launch() {
        ProcessBuilder builder = new ProcessBuilder(spec.command());
        builder.environment().putAll(spec.environment());
        builder.environment().putAll(surroundings);
        builder.directory(dir.root().toFile());
        builder.redirectInput(new File("/dev/null"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        try {
            Process started = Parent.start(builder);
            process = started;
            startedNanos = System.nanoTime();
            PidFile.write(dir.run(), spec.name(), started.toHandle());
            Thread.ofVirtual().name("watch-" + spec.name()).start(() -> watch(started));
        } catch (IOException e) {
            throw new LocalFailure("Cannot start " + spec.name() + ": " + e.getMessage() + ".", e);
        }
    }

    private void watch(Process started) {
        int code = started.onExit().join().exitValue();
        // an interrupt from the keyboard reaches everybody at once: let the launcher notice it first
        Waiting.nap(INTERRUPT_PAUSE);
        Duration pause = mourn(started, code);
        while (!pause.isZero()) {
            Waiting.nap(pause);
            pause = revive(started);
        }
    }

    /** Zero when nobody wants it back. */
    private synchronized Duration mourn(Process started, int code) {
        if (!wanted || process != started) {
            return Duration.ZERO;
        }
        deaths.count(Duration.ofNanos(System.nanoTime() - startedNanos));
        Duration pause = deaths.pause();
        progress.say(
                "%s ended with code %d; starting it again in %.1f s (log: %s)",
                spec.name(), code, pause.toMillis() / 1000.0, log());
        return pause;
    }

    private synchronized Duration revive(Process dead) {
        if (!wanted || process != dead) {
            return Duration.ZERO;
        }
        try {
            launch();
            return Duration.ZERO;
        } catch (LocalFailure e) {
            deaths.count(Duration.ZERO);
            progress.say("%s", e.sentence());
            return deaths.pause();
        }
    }

    public synchronized boolean alive() {
        return process != null && process.isAlive();
    }

    public synchronized long pid() {
        return process == null ? -1 : process.pid();
    }

    /** Whether it runs and does its work. */
    public boolean ready() {
        return alive() && spec.ready().getAsBoolean();
    }

    public void awaitReady(Duration limit) {
        try {
            Waiting.until(spec.name() + " ready", limit, () -> ready() ? found() : missing());
        } catch (LocalFailure e) {
            throw new LocalFailure(e.sentence() + "\n" + LogTail.of(log()), e);
        }
    }

    private static Waiting.Look<Boolean> found() {
        return Waiting.Look.ready(true);
    }

    private synchronized Waiting.Look<Boolean> missing() {
        if (deaths.isHopeless()) {
            throw new LocalFailure(
                    "Expected " + spec.name() + " ready; found that it died " + deaths.inARow() + " times.");
        }
        return Waiting.Look.notYet("it " + (alive() ? "running, not ready" : "dead") + " (deaths: " + deaths.inARow()
                + ", log: " + log() + ")");
    }

    /** Kills it without warning; the supervision starts it again. */
    public synchronized void crash() {
        if (alive()) {
            deaths.expected();
        }
        kill();
    }

    /** Kills it without warning; it stays down until {@link #start}. */
    public synchronized void halt() {
        wanted = false;
        kill();
    }

    /** Put into its environment from its next start on, in the place of what was put there before. */
    public synchronized void surround(Map<String, String> more) {
        surroundings = Map.copyOf(more);
    }

    /** It is not started again, by nobody. */
    synchronized void retire() {
        wanted = false;
        retired = true;
    }

    /** Supervises it no more, as if the launcher had died. */
    synchronized void disown() {
        wanted = false;
    }

    /** Stops its clock and that of its own children: it neither answers nor dies until {@link #thaw}. */
    public void freeze() {
        signalAll("STOP");
    }

    public void thaw() {
        signalAll("CONT");
    }

    private synchronized void signalAll(String signal) {
        if (process != null) {
            Signals.send(signal, process.pid());
            process.descendants().forEach(each -> Signals.send(signal, each.pid()));
        }
    }

    /** Asks it to end, and kills it when that takes too long; it stays down until {@link #start}. */
    public void stop() {
        Process running = unwanted();
        if (running == null || !running.isAlive()) {
            return;
        }
        signal(spec.stopSignal());
        if (!ended(running, spec.stopLimit())) {
            progress.say("%s does not end by itself; killing it", spec.name());
            running.destroyForcibly();
            ended(running, spec.stopLimit());
        }
        PidFile.remove(dir.run(), spec.name());
    }

    private synchronized @Nullable Process unwanted() {
        wanted = false;
        return process;
    }

    private void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            ended(running, spec.stopLimit());
        }
    }

    private void signal(String signal) {
        long pid = pid();
        if (pid > 0) {
            Signals.send(signal, pid);
        }
    }

    private static boolean ended(Process running, Duration limit) {
        try {
            return running.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void keepLogShort() {
        try {
            if (Files.exists(log()) && Files.size(log()) > LONGEST_LOG_BYTES) {
                Files.move(
                        log(),
                        log().resolveSibling(spec.name() + ".log.1"),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new LocalFailure("Cannot turn over " + log() + ": " + e.getMessage() + ".", e);
        }
    }
}

package lpm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a launcher that was killed left running. All of it is stopped before a new start: the parts that hold data keep
 * it on disk, and a cloud that is partly old and partly new would be neither.
 */
public final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Leftovers() {}

    /** Stops what still runs and says so. */
    public static void stop(DataDir dir, Progress progress) {
        List<PidFile> noted = PidFile.all(dir.run());
        // reverse of the start: those that use Kafka and PostgreSQL go first
        for (PidFile note : noted) {
            if (!isData(note.name())) {
                stop(note, progress);
            }
        }
        for (PidFile note : noted) {
            if (isData(note.name())) {
                stop(note, progress);
            }
        }
        postmaster(dir.of(PostgreSql.NAME)).ifPresent(server -> {
            progress.say("PostgreSQL of an earlier run still runs (process %d); stopping it", server.pid());
            end(server, "INT");
        });
    }

    private static boolean isData(String name) {
        return name.equals(PostgreSql.NAME) || Broker.isOne(name);
    }

    private static void stop(PidFile note, Progress progress) {
        note.process().ifPresent(process -> {
            progress.say("%s of an earlier run still runs (process %d); stopping it", note.name(), note.pid());
            end(process, note.name().equals(PostgreSql.NAME) ? "INT" : "TERM");
        });
    }

    private static void end(ProcessHandle process, String signal) {
        Signals.send("CONT", process.pid());
        Signals.send(signal, process.pid());
        try {
            Waiting.until("process " + process.pid() + " to end", PATIENCE, () -> gone(process));
        } catch (LocalFailure e) {
            process.destroyForcibly();
            Waiting.until("process " + process.pid() + " to be killed", PATIENCE, () -> gone(process));
        }
    }

    private static Waiting.Look<Boolean> gone(ProcessHandle process) {
        return process.isAlive() ? Waiting.Look.notYet("it running") : Waiting.Look.ready(true);
    }

    /** The server that PostgreSQL's own note names, if it is one and works on this folder. */
    static Optional<ProcessHandle> postmaster(Path data) {
        try {
            List<String> note = Files.readAllLines(data.resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(note.getFirst().strip()))
                    .filter(p -> p.info().commandLine().orElse("").contains(data.toString()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}

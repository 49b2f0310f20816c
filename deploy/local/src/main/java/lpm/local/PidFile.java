package lpm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who was started: a process id with its start time, so that a later process with the same id is not taken for it. */
record PidFile(String name, long pid, long startedMillis) {
    private static final String SUFFIX = ".pid";
    /** The system computes start times from the boot time, which moves when the clock is set. */
    private static final long TOLERANCE_MILLIS = 3_000;

    static void write(Path run, String name, ProcessHandle process) throws IOException {
        Path next = run.resolve(name + ".new");
        Files.writeString(next, process.pid() + " " + startedMillis(process));
        Files.move(
                next,
                run.resolve(name + SUFFIX),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    static void remove(Path run, String name) {
        try {
            Files.deleteIfExists(run.resolve(name + SUFFIX));
        } catch (IOException e) {
            throw new LocalFailure("Cannot remove the note of " + name + " in " + run + ": " + e.getMessage(), e);
        }
    }

    /** All that were started and not seen to end. */
    static List<PidFile> all(Path run) {
        List<PidFile> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                read(file).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new LocalFailure("Cannot read " + run + ": " + e.getMessage() + ".", e);
        }
        return found;
    }

    private static Optional<PidFile> read(Path file) throws IOException {
        String name = file.getFileName().toString();
        try {
            String[] parts = Files.readString(file).strip().split(" ");
            return parts.length != 2
                    ? Optional.empty()
                    : Optional.of(new PidFile(
                            name.substring(0, name.length() - SUFFIX.length()),
                            Long.parseLong(parts[0]),
                            Long.parseLong(parts[1])));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The process, while it is still the same one. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(p -> Math.abs(startedMillis(p) - startedMillis) <= TOLERANCE_MILLIS);
    }

    private static long startedMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}

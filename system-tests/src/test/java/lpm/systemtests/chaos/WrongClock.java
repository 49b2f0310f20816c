package lpm.systemtests.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.local.Child;
import lpm.systemtests.cloud.Tenant;

/**
 * A process that is told a wrong time of day by libfaketime, which it cannot see through; the clock that only counts is
 * left alone, as it is on a machine whose time is set wrong.
 */
final class WrongClock implements AutoCloseable {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private final Child child;
    private final Path lie;

    private WrongClock(Child child, Path lie) {
        this.child = child;
        this.lie = lie;
    }

    /** The library, where it is installed. */
    static Optional<Path> library() {
        try (Stream<Path> all = Files.find(
                LIBRARIES, 3, (file, _) -> file.getFileName().toString().equals("libfaketimeMT.so.1"))) {
            return all.findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it anew with a clock that is so much ahead, or behind. */
    static WrongClock of(Child child, Path folder, Duration ahead) {
        Path lie = folder.resolve(child.name() + ".time");
        WrongClock clock = new WrongClock(child, lie);
        clock.set(ahead);
        child.surround(Map.of(
                "LD_PRELOAD",
                library().orElseThrow().toString(),
                "FAKETIME_TIMESTAMP_FILE",
                lie.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // otherwise each Object.wait of Java comes back at once
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0"));
        clock.restart();
        return clock;
    }

    /** Sets its clock while it runs. */
    void set(Duration ahead) {
        try {
            Path next = lie.resolveSibling(lie.getFileName() + ".new");
            Files.writeString(next, String.format("%+d%n", ahead.toSeconds()));
            Files.move(next, lie, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void restart() {
        child.halt();
        child.start();
        child.awaitReady(Tenant.LIMIT);
    }

    /** Its clock is right again, as if the machine had been mended and started anew. */
    @Override
    public void close() {
        child.surround(Map.of());
        restart();
    }
}

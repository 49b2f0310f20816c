package lpm.local;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waiting with a limit: the message says what was expected and what was found instead. */
public final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Waiting() {}

    /** What a look found: the result, or why it is not there yet. */
    public record Look<T>(@Nullable T result, String found) {
        public static <T> Look<T> ready(T result) {
            return new Look<>(result, "");
        }

        public static <T> Look<T> notYet(String found) {
            return new Look<>(null, found);
        }
    }

    public static <T> T until(String expected, Duration limit, Supplier<Look<T>> look) {
        return until(expected, limit, PAUSE, look);
    }

    public static <T> T until(String expected, Duration limit, Duration pause, Supplier<Look<T>> look) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Look<T> found = look.get();
            Optional<T> result = Optional.ofNullable(found.result());
            if (result.isPresent()) {
                return result.get();
            }
            if (System.nanoTime() > deadline) {
                throw new LocalFailure("Expected " + expected + " within " + limit.toSeconds() + " s; found "
                        + (found.found().isEmpty() ? "nothing" : found.found()) + ".");
            }
            nap(pause);
        }
    }

    public static void nap(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("Interrupted while waiting.", e);
        }
    }
}

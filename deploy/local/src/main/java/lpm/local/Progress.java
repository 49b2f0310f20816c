package lpm.local;

import java.io.PrintStream;
import java.util.Locale;

/** Lines for the user, each with the seconds since the start. */
public final class Progress {
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintStream out;
    private final long startedNanos = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    public void say(String format, Object... arguments) {
        String line = arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments);
        out.println(String.format(Locale.ROOT, "[%6.1f s] %s", seconds(), line));
        out.flush();
    }

    /** A line for programs: without the time. */
    public void result(String line) {
        out.println(line);
        out.flush();
    }

    public double seconds() {
        return (System.nanoTime() - startedNanos) / NANOS_PER_SECOND;
    }
}

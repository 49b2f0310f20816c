package lpm.systemtests.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Collects what was measured and prints it, for people or for programs. */
final class Figures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean json;
    private final PrintStream out;
    private final List<Figure> all = new ArrayList<>();

    Figures(boolean json, PrintStream out) {
        this.json = json;
        this.out = out;
    }

    /** One figure; {@code aim} says what was asked for, {@code how} what it is and what dominates it. */
    record Figure(String name, double value, String unit, String aim, String how) {}

    void add(String name, double value, String unit, String aim, String how) {
        Figure figure = new Figure(name, value, unit, aim, how);
        all.add(figure);
        if (!json) {
            out.printf(Locale.ROOT, "%-34s %12.2f %-10s %-12s %s%n", name, value, unit, aim, how);
        }
    }

    void end() {
        if (json) {
            try {
                out.println(JSON.writeValueAsString(all));
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What this process and its children used so far: other work on the machine does not change it much. */
    static Duration processorTime() {
        ProcessHandle here = ProcessHandle.current();
        return Stream.concat(Stream.of(here), here.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Adds the processor time of one of so many, in microseconds. */
    void addProcessorTime(String name, Duration all, double count, String note) {
        add(name + ", processor time", all.toNanos() / 1e3 / count, "us", "", note);
    }

    static double median(double... values) {
        return percentile(values, 0.5);
    }

    /** The smallest value that at least this share of all values does not exceed. */
    static double percentile(double[] values, double share) {
        if (values.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}

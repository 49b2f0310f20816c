package lpm.xenlab.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbered ticks that a guest wrote to its console, from the logs of all hosts it was on: since its last start no
 * number may be missing. The first number of a host's part may be written twice, since what was in the console's ring
 * moves along.
 *
 * @param first number
 * @param last number
 * @param missing numbers between them that are in no log
 * @param twice how many numbers are in the logs of two hosts
 * @param broken lines of ticks that are not whole: where to look when numbers are missing
 */
record ConsoleTicks(long first, long last, List<Long> missing, int twice, List<String> broken) {
    /** More numbers on two hosts than the ring can hold were written by two copies. */
    static final int RING = 40;

    /**
     * Xen's console daemon puts it at the begin of what it reads after any guest's end of a line: one flag is for all
     * guests ({@code log_time_guest_needts} in its io.c), so with two on a host it may stand within a line.
     */
    private static final Pattern TIME = Pattern.compile("\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d] ");

    private static final Pattern TICK = Pattern.compile("TICK (\\d+) \\d+\\.\\d{3}\\s*$");
    private static final int SHOWN = 20;

    ConsoleTicks {
        missing = List.copyOf(missing);
        broken = List.copyOf(broken);
    }

    /** Empty when there is no tick in any log. */
    static Optional<ConsoleTicks> of(List<String> logs) {
        TreeMap<Long, Integer> seen = new TreeMap<>();
        List<String> broken = new ArrayList<>();
        for (String log : logs) {
            numbers(log, broken).stream().distinct().forEach(number -> seen.merge(number, 1, Integer::sum));
        }
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        List<Long> missing = new ArrayList<>();
        for (long number = seen.firstKey(); number < seen.lastKey() && missing.size() < SHOWN; number++) {
            if (!seen.containsKey(number)) {
                missing.add(number);
            }
        }
        int twice = (int) seen.values().stream().filter(count -> count > 1).count();
        return Optional.of(new ConsoleTicks(seen.firstKey(), seen.lastKey(), missing, twice, broken));
    }

    /** Those after the last start that the log shows. */
    private static List<Long> numbers(String log, List<String> broken) {
        List<Long> numbers = new ArrayList<>();
        log.lines().forEach(stamped -> {
            String line = TIME.matcher(stamped).replaceAll("");
            Matcher tick = TICK.matcher(line);
            boolean whole = tick.find();
            int begun = line.indexOf("TICK ");
            if (begun >= 0 && !(whole && begun == tick.start())) {
                broken.add(stamped);
            }
            if (whole) {
                long number = Long.parseLong(tick.group(1));
                if (number == 0) {
                    numbers.clear();
                }
                numbers.add(number);
            }
        });
        return numbers;
    }

    /** Whether that is what one copy wrote that moved so often. */
    boolean whole(long moves) {
        return missing.isEmpty() && twice <= RING * moves;
    }
}

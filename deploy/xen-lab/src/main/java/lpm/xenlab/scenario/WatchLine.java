package lpm.xenlab.scenario;

import java.util.Optional;

/**
 * One line of {@code lpm-xen watch}, and when it came here.
 *
 * @param receivedNanos on this process's monotonic clock
 * @param stamp the look, in seconds of the host's own clock
 * @param before the look before it
 * @param name the domain's; {@value #NOBODY} for the line that only shows that it looks
 * @param domain its number on that host; it differs for each domain since the host's start
 * @param flags as {@code xl list} has them, {@value #GONE} for a domain that is not there any more
 * @param figure CPU seconds used; of a line that only shows that it looks, the longest time between two looks
 */
record WatchLine(
        long receivedNanos, double stamp, double before, String name, int domain, String flags, double figure) {
    static final String NOBODY = "-";
    static final String GONE = "gone";

    private static final int WORDS = 6;

    /** Empty for what is no whole line, such as the last one before the power went. */
    static Optional<WatchLine> parse(long receivedNanos, String line) {
        String[] words = line.split(" ");
        try {
            return words.length != WORDS
                    ? Optional.empty()
                    : Optional.of(new WatchLine(
                            receivedNanos,
                            Double.parseDouble(words[0]),
                            Double.parseDouble(words[1]),
                            words[2],
                            Integer.parseInt(words[3]),
                            words[4],
                            Double.parseDouble(words[5])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean isPulse() {
        return name.equals(NOBODY);
    }

    /** Neither paused, shut down, crashed nor dying. */
    boolean mayRun() {
        return !flags.equals(GONE) && flags.chars().noneMatch(flag -> "pscd".indexOf(flag) >= 0);
    }
}

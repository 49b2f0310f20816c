package lpm.hostagent.hypervisor.xen;

import java.util.List;
import java.util.OptionalInt;

/**
 * One line of {@code xl list -v}: the only source that is believed about what runs.
 *
 * @param flags six letters, a dash where one is not set: running, blocked, paused, shut down, crashed, dying
 * @param reason why it is shut down: 0 powered off, 1 reboot, 2 suspended, 3 crashed
 */
record XlDomain(String name, int id, long memoryMib, String flags, double cpuSeconds, OptionalInt reason) {
    private static final int POWERED_OFF = 0;
    private static final int REBOOT = 1;
    private static final int SUSPENDED = 2;
    private static final int CRASHED = 3;
    private static final int FIELDS = 8;
    private static final int REASON = 7;

    /** All domains but dom0. */
    static List<XlDomain> parse(List<String> lines) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= FIELDS && words[1].matches("[1-9][0-9]*"))
                .map(XlDomain::of)
                .toList();
    }

    private static XlDomain of(String[] words) {
        OptionalInt reason =
                words[REASON].matches("[0-9]+") ? OptionalInt.of(Integer.parseInt(words[REASON])) : OptionalInt.empty();
        return new XlDomain(
                words[0],
                Integer.parseInt(words[1]),
                Long.parseLong(words[2]),
                words[4],
                Double.parseDouble(words[5]),
                reason);
    }

    boolean paused() {
        return flags.indexOf('p') >= 0;
    }

    /** Stopped in the middle of being sent. */
    boolean suspended() {
        return shutDown() && reason.orElse(SUSPENDED) == SUSPENDED;
    }

    boolean crashed() {
        return flags.indexOf('c') >= 0 || (shutDown() && reason.orElse(0) == CRASHED);
    }

    /** Stopped by itself: powered off or crashed, and not about to start again. */
    boolean ended() {
        return crashed() || (shutDown() && reason.orElse(SUSPENDED) == POWERED_OFF);
    }

    /** Stopped by itself, to be started again. */
    boolean rebooting() {
        return shutDown() && reason.orElse(SUSPENDED) == REBOOT;
    }

    /** Being taken apart. */
    boolean dying() {
        return flags.indexOf('d') >= 0;
    }

    /** Powered off, crashed or being taken apart: it will not run any more. */
    boolean over() {
        return dying() || crashed() || (shutDown() && !suspended());
    }

    private boolean shutDown() {
        return flags.indexOf('s') >= 0;
    }
}

package lpm.systemtests.simulation;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a run came across, so that a fault that never happened does not pass for one that was survived. */
public final class Tally {
    public static final String DUPLICATE = "a record was delivered again";
    public static final String IGNORED = "a service recognised a duplicate";
    public static final String CONFLICT = "a transaction met another writer and was done again";
    public static final String SLOW_COMMIT = "a transaction became visible after a later one";
    public static final String EXPIRED = "a command came after its time";
    public static final String CRASH_BEFORE_RELAY = "a service crashed between its commit and the relay";
    public static final String CRASH_IN_RELAY = "a service crashed between publishing and its position";
    public static final String CRASH_WITH_REMINDERS = "a service crashed with reminders waiting";
    public static final String REWOUND = "a reader started again from earlier records";
    public static final String REPUBLISHED = "the relay published events again";
    public static final String UNREPORTED = "an agent started with reports that nobody had acknowledged";

    private final Map<String, Long> counts = new TreeMap<>();

    /** It happened. */
    public void hit(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** How often each happened. */
    public Map<String, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }
}

package lpm.platform;

import java.time.Instant;
import java.util.List;

/** What this service has laid aside because it could not handle it: nothing is ever skipped silently. */
public interface Parked {
    /** Entries one listing returns at most. */
    int MAX_LISTED = 500;

    /** The oldest parked entries first. */
    List<Entry> list();

    /** How many entries are parked. */
    long count();

    /**
     * Tries everything parked under a key again, in order; stops at the first that still fails. Returns how many
     * went.
     */
    int release(Source source, String key);

    /** Where an entry waits. */
    enum Source {
        /** A record of a topic; the key is {@code <topic>/<record key>}. */
        inbox,
        /** What follows from an own event; the key is the aggregate's id. */
        reaction,
        /** An own command or reminder; the key is the id of the aggregate whose event asked for it. */
        command
    }

    /** One entry; {@code what} names the record, event or command, {@code why} tells what went wrong. */
    record Entry(Source source, String key, String what, String why, Instant since) {}
}

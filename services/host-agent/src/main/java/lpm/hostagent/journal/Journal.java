package lpm.hostagent.journal;

import java.time.Instant;
import java.util.List;

/** The agent's memory on its host's own disk. */
public interface Journal {
    /** Everything appended so far, folded. */
    JournalState state();

    /** Appends entries: after the return all of them survive a crash, before it all or none. */
    void append(Instant now, List<Entry> entries);
}

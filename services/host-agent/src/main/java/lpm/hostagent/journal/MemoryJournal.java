package lpm.hostagent.journal;

import java.time.Instant;
import java.util.List;

/** A journal for the simulation: outlives the agent's object, not the process. */
public final class MemoryJournal implements Journal {
    private final JournalState state = new JournalState();

    @Override
    public JournalState state() {
        return state;
    }

    @Override
    public void append(Instant now, List<Entry> entries) {
        entries.forEach(state::apply);
    }
}

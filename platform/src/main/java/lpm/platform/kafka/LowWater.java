package lpm.platform.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lpm.platform.store.EventLog;

/**
 * Reads events in the order of their positions without passing one that may still appear. A missing position counts as
 * rolled back only when one statement finds it missing and every transaction that could have drawn it is over: those
 * older than N, where N was drawn after the gap was first seen. (Architecture 2.13, rule 3.)
 */
public final class LowWater {
    private final EventLog log;
    private final int batch;
    private final Map<Long, Long> notedAt = new HashMap<>();

    public LowWater(EventLog log, int batch) {
        this.log = log;
        this.batch = batch;
    }

    /** The next events that may be published; empty if there are none, or an unsettled gap comes first. */
    public List<EventLog.Entry> after(long position) {
        EventLog.Seen seen = log.seenAfter(position, batch);
        List<EventLog.Entry> settled = new ArrayList<>();
        List<Long> unsettled = new ArrayList<>();
        long expected = position + 1;
        for (EventLog.Entry entry : seen.entries()) {
            for (long missing = expected; missing < entry.position(); missing++) {
                if (!isRolledBack(missing, seen.oldestRunning())) {
                    unsettled.add(missing);
                }
            }
            if (unsettled.isEmpty()) {
                settled.add(entry);
            }
            expected = entry.position() + 1;
        }
        note(unsettled);
        if (!settled.isEmpty()) {
            notedAt.keySet().removeIf(noted -> noted <= settled.getLast().position());
        }
        return settled;
    }

    /** Whether a gap keeps events back, so that another look soon is worth it. */
    public boolean isHeldUp() {
        return !notedAt.isEmpty();
    }

    private boolean isRolledBack(long missing, long oldestRunning) {
        Long noted = notedAt.get(missing);
        return noted != null && oldestRunning >= noted;
    }

    private void note(List<Long> missing) {
        List<Long> fresh =
                missing.stream().filter(each -> !notedAt.containsKey(each)).toList();
        if (!fresh.isEmpty()) {
            long now = log.newTransactionNumber();
            fresh.forEach(each -> notedAt.put(each, now));
        }
    }
}

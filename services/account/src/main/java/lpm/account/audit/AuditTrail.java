package lpm.account.audit;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lpm.account.audit.AuditView.Last;
import lpm.account.audit.AuditView.Newest;
import lpm.account.audit.AuditView.Row;
import lpm.platform.Lookup;
import lpm.platform.Rows;
import lpm.platform.kafka.RawRecord;

/**
 * Appends what the topics say to the audit, once. Positions grow strictly in the order of commits; nothing changes
 * later.
 */
@Singleton
public final class AuditTrail {
    /** Every topic but the soft state. */
    public static final Pattern TOPICS =
            Pattern.compile("lpm\\.[a-z]+\\.(events|commands|parked)|lpm\\.host\\.(events|commands)\\.[a-z0-9-]+");

    /** The reader's name, and its consumer group's. */
    public static final String READER = "account-audit";

    static final String NEWEST = "newest";

    /** Positions as ids sort as numbers do. */
    private static final String ID = "%019d";

    private final Rows rows;

    public AuditTrail(Rows rows) {
        this.rows = rows;
    }

    /** The id of the row at a position. */
    static String id(long position) {
        return ID.formatted(position);
    }

    /** The last row. */
    static Newest newest(Lookup rows) {
        return rows.get(AuditView.POSITION, NEWEST, Newest.class).orElse(Newest.NONE);
    }

    /** Appends a batch; the caller holds the transaction and the reader's lock. */
    public void append(List<RawRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        Newest last = newest(rows);
        long position = last.position();
        String hash = last.hash() == null ? hashOfAll(position) : last.hash();
        Map<String, Long> heard = new HashMap<>();
        for (RawRecord record : records) {
            AuditRecord.Found found = AuditRecord.of(record, position + 1);
            if (isNew(record.topic(), found, heard)) {
                position++;
                hash = AuditChain.next(hash, found.row());
                rows.put(AuditView.TABLE, id(position), found.row());
            }
        }
        heard.forEach((stream, number) -> rows.put(AuditView.HEARD, stream, new Last(number)));
        rows.put(AuditView.POSITION, NEWEST, new Newest(position, hash));
    }

    /** For rows that were written before there was a chain. */
    private String hashOfAll(long newest) {
        String hash = AuditChain.START;
        for (long position = 1; position <= newest; position++) {
            Row row = rows.get(AuditView.TABLE, id(position), Row.class).orElseThrow();
            hash = AuditChain.next(hash, row);
        }
        return hash;
    }

    /** A topic that was lost is filled again with what is here already. */
    private boolean isNew(String topic, AuditRecord.Found found, Map<String, Long> heard) {
        if (found.stream().isEmpty()) {
            return true;
        }
        String stream = topic + " " + found.stream();
        long last = heard.computeIfAbsent(stream, key -> rows.get(AuditView.HEARD, key, Last.class)
                .map(Last::position)
                .orElse(-1L));
        if (found.number() > last) {
            heard.put(stream, found.number());
        }
        return found.number() > last;
    }
}

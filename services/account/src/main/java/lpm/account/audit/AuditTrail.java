package lpm.account.audit;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lpm.account.audit.AuditView.Last;
import lpm.account.audit.AuditView.Newest;
import lpm.platform.Lookup;
import lpm.platform.Rows;
import lpm.platform.json.Json;
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
        List<AuditRecord.Found> found = records.stream().map(AuditRecord::of).toList();
        Map<String, Last> heard = new HashMap<>(rows.get(
                AuditView.HEARD,
                found.stream().map(AuditRecord.Found::stream).collect(toUnmodifiableSet()),
                Last.class));
        for (AuditRecord.Found each : found) {
            if (isNew(each, heard)) {
                position++;
                // as it is kept: the text may say less than the tree (a number too large for the tree is a text there)
                JsonNode row = Json.tree(Json.write(each.row().apply(position)));
                hash = AuditChain.next(hash, row);
                rows.put(AuditView.TABLE, id(position), row);
            }
        }
        heard.forEach((stream, number) -> rows.put(AuditView.HEARD, stream, number));
        rows.put(AuditView.POSITION, NEWEST, new Newest(position, hash));
    }

    /** For rows that were written before there was a chain. */
    private String hashOfAll(long newest) {
        String hash = AuditChain.START;
        for (long position = 1; position <= newest; position++) {
            JsonNode row =
                    rows.get(AuditView.TABLE, id(position), JsonNode.class).orElseThrow();
            hash = AuditChain.next(hash, row);
        }
        return hash;
    }

    /** A topic that was lost is filled again with what is here already. */
    private static boolean isNew(AuditRecord.Found found, Map<String, Last> heard) {
        if (found.stream().isEmpty()) {
            return true;
        }
        Last last = heard.get(found.stream());
        if (last != null && last.position() >= found.number()) {
            return false;
        }
        heard.put(found.stream(), new Last(found.number()));
        return true;
    }
}

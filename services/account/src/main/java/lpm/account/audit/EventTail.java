package lpm.account.audit;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import lpm.account.audit.AuditView.Kind;
import lpm.account.audit.AuditView.Row;
import lpm.platform.Lookup;
import lpm.platform.Query.Condition;
import lpm.platform.json.Json;
import lpm.platform.rest.LiveAnswer;
import lpm.platform.rows.Matching;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the audit for one reader: every event after a position, and each new one when it is there. Positions have no
 * gaps, so rows are read one by one; no query over the whole audit is needed, however rarely the filter lets one
 * through.
 */
final class EventTail implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);

    private final Lookup rows;
    private final Optional<Condition> filter;
    private final BooleanSupplier admission;
    private final LiveAnswer reader;
    private long position;

    /** Starts after a position. */
    EventTail(Lookup rows, Optional<Condition> filter, long after, BooleanSupplier admission, LiveAnswer reader) {
        this.rows = rows;
        this.filter = filter;
        this.position = after;
        this.admission = admission;
        this.reader = reader;
    }

    @Override
    public void run() {
        try {
            while (reader.isOpen()) {
                if (!admission.getAsBoolean()) {
                    reader.end("the token is not valid any more");
                    return;
                }
                long newest = AuditTrail.newest(rows).position();
                if (newest == position) {
                    reader.idle();
                }
                readTo(newest);
            }
        } catch (RuntimeException e) {
            LOG.warn("a reader of live events is ended at position {}: {}", position, e.toString());
            reader.end("the events cannot be read now");
        }
    }

    private void readTo(long newest) {
        while (position < newest && reader.isOpen()) {
            position++;
            rows.get(AuditView.TABLE, AuditTrail.id(position), Row.class)
                    .filter(row -> row.kind() == Kind.event && isWanted(row))
                    .ifPresent(row -> reader.send(row.position(), Json.write(row)));
        }
    }

    private boolean isWanted(Row row) {
        return filter.map(condition -> Matching.matches(condition, Json.MAPPER.valueToTree(row)))
                .orElse(true);
    }
}

package lpm.account.audit;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.account.AuditEvent;
import lpm.contracts.account.AuditEvent.AuditCheckpointed;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.platform.Rows;
import lpm.platform.View;

/** Checkpoints as rows, for whoever keeps them elsewhere. */
public final class CheckpointView implements View<AuditEvent, CheckpointState> {
    static final String TABLE = "audit_checkpoint_view";

    /** A checkpoint, as {@link AuditCheckpointed} tells it. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Row(long position, String hash, String signature, String takenAt) {}

    /** Newest first. */
    static Query newestFirst() {
        return Query.all().orderBy("position", true);
    }

    /** The position up to which the audit is signed. */
    static long newest(Lookup rows) {
        return rows.find(TABLE, newestFirst().limit(1), Row.class).stream()
                .mapToLong(Row::position)
                .findFirst()
                .orElse(0);
    }

    @Override
    public List<String> tables() {
        return List.of(TABLE);
    }

    @Override
    public void project(Envelope<AuditEvent> event, CheckpointState after, Rows rows) {
        switch (event.data()) {
            case AuditCheckpointed it ->
                rows.put(
                        TABLE,
                        AuditTrail.id(it.position()),
                        new Row(
                                it.position(),
                                it.hash(),
                                it.signature(),
                                event.occurredAt().toString()));
        }
    }
}

package lpm.account.audit;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import lpm.contracts.Envelope;
import lpm.platform.KnownView;
import lpm.platform.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the audit: every record of every topic in the order in which it was read. They are written by
 * {@link AuditTrail} from raw records, also from those that nobody can decode; this class only has the table made.
 */
public final class AuditView implements KnownView {
    static final String TABLE = "audit_view";

    /** One record of a topic. {@code data} is its payload without sealed secrets. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Row(
            long position,
            String topic,
            int partition,
            long offset,
            String kind,
            String id,
            String type,
            int version,
            String aggregateId,
            @Nullable Long sequence,
            @Nullable Long accountId,
            @Nullable String correlationId,
            @Nullable String causationId,
            @Nullable String actorKind,
            @Nullable String actorId,
            @Nullable String reason,
            String occurredAt,
            Map<String, Object> data) {
        public Row {
            data = Map.copyOf(data);
        }
    }

    @Override
    public List<String> tables() {
        return List.of(TABLE);
    }

    @Override
    public void note(Envelope<?> foreign, Rows rows) {
        // the audit reads for itself
    }
}

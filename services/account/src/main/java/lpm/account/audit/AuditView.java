package lpm.account.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import lpm.contracts.Envelope;
import lpm.platform.KnownView;
import lpm.platform.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the audit: every record of every topic in the order in which it was read. They are written by
 * {@link AuditTrail} from raw records, also from those that nobody can decode; this class only has the tables made.
 */
public final class AuditView implements KnownView {
    static final String TABLE = "audit_view";
    static final String POSITION = "audit_position_view";
    /** The last number of each stream. */
    static final String HEARD = "audit_heard_view";

    /** What a record is. */
    public enum Kind {
        event,
        command,
        /** Laid aside by the service that could not handle it. */
        parked,
        /** Nothing we can read. */
        unreadable
    }

    /** One record of a topic. {@code data} is its payload without sealed secrets. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Row(
            long position,
            Kind kind,
            String topic,
            int partition,
            long offset,
            String key,
            String id,
            String type,
            int version,
            String aggregateId,
            @Nullable Long sequence,
            @Nullable Long accountId,
            @Nullable String correlationId,
            @Nullable String causationId,
            Who actor,
            @Nullable String reason,
            String occurredAt,
            JsonNode data) {}

    /** Who acted. */
    public record Who(String kind, String id) {
        static final Who NOBODY = new Who("", "");
    }

    /**
     * The last row.
     *
     * @param hash of all rows up to it, see {@link AuditChain}; none yet where rows were written before there was a
     *     chain
     */
    public record Newest(long position, @Nullable String hash) {
        static final Newest NONE = new Newest(0, AuditChain.START);
    }

    /** The last number heard. */
    public record Last(long position) {}

    @Override
    public List<String> tables() {
        return List.of(TABLE, POSITION, HEARD);
    }

    @Override
    public void note(Envelope<?> foreign, Rows rows) {
        // the audit reads for itself
    }
}

package lpm.scheduler.placement;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import lpm.contracts.scheduler.PlacementEvent.Dropped;
import lpm.contracts.scheduler.PlacementEvent.HostRefusal;
import lpm.contracts.scheduler.PlacementEvent.Scored;
import org.jspecify.annotations.Nullable;

/** Why a Linode got its host, as operators read it. {@code host} is absent when none could be chosen. */
@JsonNaming(SnakeCaseStrategy.class)
public record DecisionRow(
        String id,
        long linodeId,
        long accountId,
        String region,
        String purpose,
        int vcpus,
        long memoryMib,
        @Nullable String host,
        int considered,
        List<Scored> best,
        List<Dropped> dropped,
        List<HostRefusal> refusals,
        Instant decided) {
    /** The table of these rows, by decision id. */
    public static final String TABLE = "decision_view";

    public DecisionRow {
        best = List.copyOf(best);
        dropped = List.copyOf(dropped);
        refusals = List.copyOf(refusals);
    }
}

package lpm.scheduler.drain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;
import lpm.platform.Lookup;

/**
 * A drain as operators see it and planners read it.
 *
 * @param status running, completed or cancelled
 * @param waiting Linodes that could not be moved so far
 */
@JsonNaming(SnakeCaseStrategy.class)
public record DrainRow(
        long id, String host, String status, int maxParallel, List<Long> moving, List<Long> waiting, int moved) {
    /** The table of these rows, by drain id. */
    public static final String TABLE = "drain_view";

    static final String RUNNING = "running";

    public DrainRow {
        moving = List.copyOf(moving);
        waiting = List.copyOf(waiting);
    }

    /** The row of a drain that goes on. */
    static Optional<DrainRow> running(long drain, Lookup rows) {
        return rows.get(TABLE, String.valueOf(drain), DrainRow.class)
                .filter(each -> each.status().equals(RUNNING));
    }
}

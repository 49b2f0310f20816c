package lpm.scheduler.rebalance;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * A rebalance as operators see it and planners read it.
 *
 * @param status running, completed, or planned for a dry run
 * @param moving Linodes whose turn it is
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RebalanceRow(
        long id,
        String goal,
        String status,
        double scoreBefore,
        double scoreAfter,
        int maxParallel,
        List<MoveRow> moves,
        List<Long> moving) {
    /** The table of these rows, by rebalance id. */
    public static final String TABLE = "rebalance_view";

    static final String RUNNING = "running";

    public RebalanceRow {
        moves = List.copyOf(moves);
        moving = List.copyOf(moving);
    }

    /** One move and how far it is. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record MoveRow(
            long linodeId, String from, String to, String progress, double scoreBefore, double scoreAfter) {}
}

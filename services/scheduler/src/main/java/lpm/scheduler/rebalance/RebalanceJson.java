package lpm.scheduler.rebalance;

import java.util.List;
import lpm.platform.rest.Refused;
import lpm.scheduler.rebalance.RebalanceState.Progress;
import org.jspecify.annotations.Nullable;

/** What operators send about rebalances, and what a dry run answers. */
final class RebalanceJson {
    private static final int DEFAULT_MOVES = 10;
    private static final int MAX_MOVES = 1000;
    private static final int DEFAULT_PARALLEL = 2;
    private static final int MAX_PARALLEL = 16;

    private RebalanceJson() {}

    /** What to even out, and how far to go. */
    record Wish(
            @Nullable String goal,
            @Nullable String region,
            @Nullable Integer maxMoves,
            @Nullable Integer maxParallel,
            @Nullable Boolean dryRun) {
        Goal aim() {
            String named = goal == null ? Goal.balance.name() : goal;
            return Goal.named(named)
                    .orElseThrow(() -> Refused.of("goal", "goal must be one of " + List.of(Goal.values())));
        }

        int moves() {
            return within("max_moves", maxMoves, DEFAULT_MOVES, MAX_MOVES);
        }

        int parallel() {
            return within("max_parallel", maxParallel, DEFAULT_PARALLEL, MAX_PARALLEL);
        }

        boolean onlyPlan() {
            return Boolean.TRUE.equals(dryRun);
        }
    }

    /** The plan of a dry run: a rebalance with the id 0, which nothing is stored of. */
    static RebalanceRow planned(RebalancePlan plan, Goal goal, int maxParallel) {
        return new RebalanceRow(
                0,
                goal.name(),
                "planned",
                plan.scoreBefore(),
                plan.scoreAfter(),
                maxParallel,
                plan.moves().stream()
                        .map(move -> RebalanceView.row(move, Progress.pending))
                        .toList(),
                List.of());
    }

    private static int within(String field, @Nullable Integer given, int usual, int max) {
        if (given == null) {
            return usual;
        }
        if (given < 1 || given > max) {
            throw Refused.of(field, field + " must be 1-" + max);
        }
        return given;
    }
}

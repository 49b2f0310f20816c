package lpm.migration.live;

import java.time.Instant;
import java.util.Optional;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.CopyStarted;
import lpm.contracts.migration.MigrationEvent.HandoverCommitted;
import lpm.contracts.migration.MigrationEvent.MigrationCompleted;

/**
 * How long an attempt took, between the events that recorded its steps; milliseconds.
 *
 * @param startedAt when it began, in milliseconds since 1970
 * @param copyStartedAt when the copy began, likewise
 * @param predictedTotalMillis how long the hypervisor's model took the copy to last
 * @param copyMillis from the copy's begin to the commit
 * @param totalMillis from the attempt's begin to its completion
 */
record Durations(
        long startedAt,
        Optional<Long> copyStartedAt,
        Optional<Long> predictedTotalMillis,
        Optional<Long> copyMillis,
        Optional<Long> totalMillis) {
    static Durations since(Instant start) {
        return new Durations(
                start.toEpochMilli(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Durations after(MigrationEvent event, Instant at) {
        long now = at.toEpochMilli();
        return switch (event) {
            case CopyStarted copy ->
                new Durations(startedAt, Optional.of(now), copy.predictedTotalMillis(), copyMillis, totalMillis);
            case HandoverCommitted _ ->
                new Durations(
                        startedAt,
                        copyStartedAt,
                        predictedTotalMillis,
                        copyStartedAt.map(begun -> now - begun),
                        totalMillis);
            case MigrationCompleted _ ->
                new Durations(startedAt, copyStartedAt, predictedTotalMillis, copyMillis, Optional.of(now - startedAt));
            default -> this;
        };
    }
}

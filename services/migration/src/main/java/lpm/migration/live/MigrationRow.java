package lpm.migration.live;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Optional;

/**
 * One attempt as operators see it.
 *
 * @param type live or cold
 * @param status preparing, inviting, copying, unknown, committed, completed, aborted or lost
 * @param open whether it has not ended
 * @param guestPauseMillis how long the guest did not answer, where {@code guestPauseProbe} measured it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record MigrationRow(
        long id,
        long linodeId,
        long accountId,
        String type,
        String status,
        boolean open,
        String sourceHost,
        long sourceHostEpoch,
        String targetHost,
        long targetHostEpoch,
        long ownerEpoch,
        long nextEpoch,
        Optional<Long> predictedPauseMillis,
        Optional<Long> hypervisorPauseMillis,
        Optional<Long> pausedMillis,
        Optional<Long> guestPauseMillis,
        Optional<String> guestPauseProbe,
        Optional<Durations> durations,
        Optional<String> reason,
        int probes,
        String created,
        String updated) {
    MigrationRow paused(Optional<Long> predicted, Optional<Long> hypervisor, Optional<Long> whole) {
        return with(predicted, hypervisor, whole, guestPauseMillis, guestPauseProbe, durations);
    }

    MigrationRow measured(Optional<Long> guestPause, Optional<String> probe, Optional<Durations> times) {
        return with(predictedPauseMillis, hypervisorPauseMillis, pausedMillis, guestPause, probe, times);
    }

    private MigrationRow with(
            Optional<Long> predicted,
            Optional<Long> hypervisor,
            Optional<Long> whole,
            Optional<Long> guestPause,
            Optional<String> probe,
            Optional<Durations> times) {
        return new MigrationRow(
                id,
                linodeId,
                accountId,
                type,
                status,
                open,
                sourceHost,
                sourceHostEpoch,
                targetHost,
                targetHostEpoch,
                ownerEpoch,
                nextEpoch,
                predicted,
                hypervisor,
                whole,
                guestPause,
                probe,
                times,
                reason,
                probes,
                created,
                updated);
    }
}

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
        Optional<String> reason,
        int probes,
        String created,
        String updated) {}

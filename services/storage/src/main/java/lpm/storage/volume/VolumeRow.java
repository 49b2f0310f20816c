package lpm.storage.volume;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;

/**
 * One volume as it is listed and filtered.
 *
 * @param size GiB as the API shows it: already the new one while it grows
 * @param sizeMib what it takes of its pool
 * @param ioReady plugged in, or detached and whole
 * @param workHost who was last told to work on its bytes
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record VolumeRow(
        long id,
        long account,
        String status,
        String label,
        long size,
        Optional<Long> linodeId,
        boolean ioReady,
        String region,
        List<String> tags,
        String created,
        String updated,
        String pool,
        long sizeMib,
        String workHost,
        long workHostEpoch) {
    public VolumeRow {
        tags = List.copyOf(tags);
    }
}

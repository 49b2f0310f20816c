package lpm.scheduler.linode;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.MigrationId;
import lpm.contracts.Resources;
import lpm.contracts.scheduler.ConfigProfile;
import lpm.contracts.scheduler.LinodeDetails;
import lpm.contracts.scheduler.LinodeSizing;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of Linodes hold beside what the API shows: for resources and planners.
 *
 * @param id read from what the API shows
 * @param account whose it is
 * @param host where it is; none before its first placement
 * @param running whether it runs, as far as known
 * @param diskSpecs the disks that are shown, one that is being added among them
 * @param mac of its network interface
 */
@JsonNaming(SnakeCaseStrategy.class)
public record LinodeFacts(
        @JsonProperty(value = "id", access = JsonProperty.Access.WRITE_ONLY)
        long id,

        long account,
        @Nullable String host,
        @Nullable Long hostEpoch,
        long ownerEpoch,
        boolean running,
        boolean busy,
        @Nullable MigrationId migration,
        LinodeDetails details,
        LinodeSizing sizing,
        @Nullable ConfigProfile profile,
        List<DiskSpec> diskSpecs,
        List<BlockDevice> devices,
        String mac) {
    public LinodeFacts {
        diskSpecs = List.copyOf(diskSpecs);
        devices = List.copyOf(devices);
    }

    /** Where it is, if it is anywhere. */
    public Optional<HostRef> at() {
        return host == null || hostEpoch == null
                ? Optional.empty()
                : Optional.of(new HostRef(new HostId(host), hostEpoch));
    }

    public Resources resources() {
        return sizing.resources();
    }
}

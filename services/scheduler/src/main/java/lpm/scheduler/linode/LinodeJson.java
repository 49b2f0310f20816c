package lpm.scheduler.linode;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Linode as the API shows it: every key is always there. */
@JsonNaming(SnakeCaseStrategy.class)
public record LinodeJson(
        long id,
        String label,
        String group,
        String status,
        Instant created,
        Instant updated,
        String type,
        List<String> ipv4,
        @Nullable String ipv6,
        @Nullable String image,
        String region,
        String siteType,
        Specs specs,
        Alerts alerts,
        Backups backups,
        String hypervisor,
        boolean watchdogEnabled,
        List<String> tags,
        String hostUuid,
        boolean hasUserData,
        @Nullable Group placementGroup,
        String diskEncryption,
        @Nullable Long lkeClusterId,
        List<String> capabilities,
        String interfaceGeneration,
        @Nullable String maintenancePolicy,
        List<String> locks) {
    public LinodeJson {
        ipv4 = List.copyOf(ipv4);
        tags = List.copyOf(tags);
        capabilities = List.copyOf(capabilities);
        locks = List.copyOf(locks);
    }

    /** Sizes in MB, transfer in GB. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Specs(long disk, long memory, int vcpus, int gpus, int transfer, int acceleratedDevices) {}

    /** Thresholds; 0 is off. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Alerts(
            int cpu,
            int networkIn,
            int networkOut,
            int transferQuota,
            int io,
            List<Long> systemAlerts,
            List<Long> userAlerts) {
        /** What a new Linode has. */
        static Alerts ofNew(int vcpus) {
            return new Alerts(90 * vcpus, 10, 10, 80, 10_000, List.of(), List.of());
        }
    }

    /** Backups are not offered yet. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Backups(
            boolean enabled,
            boolean available,
            Schedule schedule,
            @Nullable Instant lastSuccessful) {
        static final Backups NONE = new Backups(false, false, new Schedule(null, null), null);
    }

    /** When backups run. */
    public record Schedule(@Nullable String day, @Nullable String window) {}

    /** The placement group it is in. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Group(
            long id,
            String label,
            String placementGroupType,
            String placementGroupPolicy,
            @Nullable Boolean migratingTo) {}

    /** One of its disks. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Disk(
            long id,
            String status,
            String label,
            Instant created,
            Instant updated,
            String filesystem,
            long size,
            String diskEncryption) {}

    /** Its configuration profile. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Config(
            long id,
            String label,
            String comments,
            String kernel,
            String rootDevice,
            String runLevel,
            String virtMode,
            int memoryLimit,
            @Nullable String initrd,
            Devices devices,
            Helpers helpers,
            List<String> interfaces,
            Instant created,
            Instant updated) {}

    /** What is in which slot. */
    public record Devices(
            @Nullable Slot sda,
            @Nullable Slot sdb,
            @Nullable Slot sdc,
            @Nullable Slot sdd,
            @Nullable Slot sde,
            @Nullable Slot sdf,
            @Nullable Slot sdg,
            @Nullable Slot sdh) {}

    /** One device: a disk or a volume. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Slot(@Nullable Long diskId, @Nullable Long volumeId) {}

    /** What is prepared in the guest before it boots. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Helpers(
            boolean updatedbDisabled,
            boolean distro,
            boolean modulesDep,
            boolean network,
            @JsonProperty("devtmpfs_automount") boolean devtmpfsAutomount) {
        static final Helpers ALL = new Helpers(true, true, true, true, true);
    }
}

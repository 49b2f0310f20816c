package lpm.scheduler.linode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** Bodies of requests about Linodes. What is not offered is read too, so that it can be refused by name. */
final class LinodeWishes {
    private LinodeWishes() {}

    record Create(
            Optional<String> region,
            Optional<String> type,
            Optional<String> label,
            Optional<String> group,
            Optional<List<String>> tags,
            Optional<String> image,
            Optional<String> rootPass,
            Optional<List<String>> authorizedKeys,
            Optional<List<String>> authorizedUsers,
            Optional<Boolean> booted,
            Optional<Long> swapSize,
            Optional<String> kernel,
            Optional<String> maintenancePolicy,
            Optional<Boolean> watchdogEnabled,
            Optional<Boolean> backupsEnabled,
            Optional<Boolean> privateIp,
            Optional<String> diskEncryption,
            Optional<String> interfaceGeneration,
            Optional<Long> backupId,
            Optional<Long> stackscriptId,
            Optional<Long> firewallId,
            Optional<List<JsonNode>> interfaces,
            Optional<JsonNode> metadata,
            Optional<JsonNode> placementGroup,
            Optional<List<String>> ipv4) {}

    record Update(
            Optional<String> label,
            Optional<String> group,
            Optional<List<String>> tags,
            Optional<Boolean> watchdogEnabled,
            Optional<String> maintenancePolicy) {}

    record Boot(Optional<Long> configId) {}

    record Resize(Optional<String> type, Optional<String> migrationType, Optional<Boolean> allowAutoDiskResize) {}

    record Rebuild(
            Optional<String> image,
            Optional<String> rootPass,
            Optional<List<String>> authorizedKeys,
            Optional<List<String>> authorizedUsers,
            Optional<Boolean> booted,
            Optional<Long> stackscriptId,
            Optional<JsonNode> metadata,
            Optional<String> type) {}

    record Migrate(Optional<String> region, Optional<String> type, Optional<Boolean> upgrade) {}

    record OpsMigrate(Optional<String> targetHost, Optional<String> type, Optional<Long> maxPauseMillis) {}

    record Disk(
            Optional<String> label,
            Optional<Long> size,
            Optional<String> filesystem,
            Optional<String> image,
            Optional<String> rootPass,
            Optional<List<String>> authorizedKeys,
            Optional<Long> stackscriptId) {}

    record DiskSize(Optional<Long> size) {}
}

package lpm.storage.volume;

import java.util.List;
import java.util.Optional;

/** A volume as the API shows it; sizes in GB. */
record VolumeJson(
        long id,
        String status,
        String label,
        String created,
        String updated,
        String filesystemPath,
        long size,
        Optional<Long> linodeId,
        Optional<String> linodeLabel,
        boolean ioReady,
        String region,
        List<String> tags,
        String hardwareType,
        String encryption,
        List<String> locks) {

    static VolumeJson of(VolumeRow row, Optional<String> linodeLabel) {
        return new VolumeJson(
                row.id(),
                row.status(),
                row.label(),
                row.created(),
                row.updated(),
                "/dev/disk/by-id/scsi-0Linode_Volume_" + row.label(),
                row.size(),
                row.linodeId(),
                linodeLabel,
                row.ioReady(),
                row.region(),
                row.tags(),
                "nvme",
                "disabled",
                List.of());
    }
}

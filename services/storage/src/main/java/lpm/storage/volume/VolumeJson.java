package lpm.storage.volume;

import java.util.List;
import java.util.Optional;

/** A volume as the API shows it, and what its requests carry; sizes in GB. */
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

    /** POST /volumes. */
    record Create(
            Optional<String> label,
            Optional<Long> size,
            Optional<String> region,
            Optional<Long> linodeId,
            Optional<List<String>> tags) {}

    /** PUT /volumes/{id}. */
    record Update(Optional<String> label, Optional<List<String>> tags) {}

    /** POST /volumes/{id}/attach. */
    record Attach(Optional<Long> linodeId, Optional<Boolean> persistAcrossBoots) {}

    /** POST /volumes/{id}/resize. */
    record Resize(Optional<Long> size) {}

    /** POST /volumes/{id}/clone. */
    record Clone(Optional<String> label) {}

    /** The empty object that actions answer. */
    record Done() {}

    /** One row of /volumes/types. */
    record Type(String id, String label, Price price, List<RegionPrice> regionPrices, long transfer) {}

    /** Dollars. */
    record Price(double hourly, double monthly) {}

    /** Dollars in a region with its own price. */
    record RegionPrice(String id, double hourly, double monthly) {}

    static final Type TYPE = new Type("volume", "Storage Volume", new Price(0.00015, 0.1), List.of(), 0);
}

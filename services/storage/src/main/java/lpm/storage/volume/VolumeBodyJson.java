package lpm.storage.volume;

import java.util.List;
import java.util.Optional;

/** What requests about volumes carry and what they answer beside volumes; sizes in GB. */
interface VolumeBodyJson {
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

    Type TYPE = new Type("volume", "Storage Volume", new Price(0.00015, 0.1), List.of(), 0);
}

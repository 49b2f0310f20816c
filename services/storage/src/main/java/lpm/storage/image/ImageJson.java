package lpm.storage.image;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;

/** An image as {@code /v4/images} shows it; sizes in MB. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ImageJson(
        String id,
        String label,
        String description,
        String created,
        String updated,
        long size,
        Optional<Long> totalSize,
        String createdBy,
        String type,
        List<String> tags,
        @JsonProperty("is_public") boolean isPublic,
        @JsonProperty("is_shared") boolean isShared,
        boolean deprecated,
        Optional<String> vendor,
        Optional<String> expiry,
        Optional<String> eol,
        String status,
        List<String> capabilities,
        List<String> regions,
        Optional<String> imageSharing) {
    public ImageJson {
        tags = List.copyOf(tags);
        capabilities = List.copyOf(capabilities);
        regions = List.copyOf(regions);
    }
}

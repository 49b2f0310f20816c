package lpm.storage.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import lpm.platform.rest.ApiJson;
import org.junit.jupiter.api.Test;

class ImagesTest {
    @Test
    void offersDebian12InTheShapeOfTheApi() {
        ImageJson debian = Images.offered().find("linode/debian12").orElseThrow();
        JsonNode json = ApiJson.mapper().valueToTree(debian);
        assertThat(json.get("is_public").asBoolean()).isTrue();
        assertThat(json.get("created_by").asText()).isEqualTo("linode");
        assertThat(json.get("capabilities").isArray()).isTrue();
        assertThat(json.has("total_size")).isTrue();
        assertThat(json.get("image_sharing").isNull()).isTrue();
    }

    @Test
    void offersWhatTheLabAdds() {
        String lab = Path.of("../../deploy/xen-lab/catalogue").toAbsolutePath().toString();
        Images images = Images.offered(Optional.of(lab));
        assertThat(images.find("lab/busybox").orElseThrow().size()).isEqualTo(64);
        assertThat(images.find("lab/debian").orElseThrow().size()).isEqualTo(320);
        assertThat(images.find("linode/debian12")).isPresent();
        assertThat(images.all()).hasSize(Images.offered().all().size() + 2);
    }
}

package lpm.storage.image;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import lpm.platform.rest.ApiJson;

/** The public images, read once from the service's own resources. */
public final class Images {
    private static final String RESOURCE = "/lpm/storage/images.json";
    private static final ObjectMapper MAPPER = ApiJson.mapper();

    private final List<ImageJson> all;

    public Images(List<ImageJson> all) {
        this.all = List.copyOf(all);
    }

    /** The images we offer. */
    public static Images offered() {
        try (InputStream in = Images.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("expected the resource " + RESOURCE);
            }
            return new Images(MAPPER.readValue(in, new TypeReference<List<ImageJson>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<ImageJson> all() {
        return all;
    }

    public Optional<ImageJson> find(String id) {
        return all.stream().filter(image -> image.id().equals(id)).findFirst();
    }
}

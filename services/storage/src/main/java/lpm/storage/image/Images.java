package lpm.storage.image;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.platform.rest.AddedEntries;
import lpm.platform.rest.ApiJson;

/** The public images, read once from the service's own resources and what an operator adds. */
public final class Images {
    private static final String RESOURCE = "/lpm/storage/images.json";
    private static final ObjectMapper MAPPER = ApiJson.mapper();

    private final List<ImageJson> all;

    public Images(List<ImageJson> all) {
        this.all = List.copyOf(all);
    }

    /** The images we offer. */
    public static Images offered() {
        return offered(Optional.empty());
    }

    /** The same and what {@code LPM_CATALOGUE} adds; an image of the same id takes the place of ours. */
    public static Images offered(Optional<String> added) {
        Map<String, ImageJson> all = new LinkedHashMap<>();
        builtIn().forEach(image -> all.put(image.id(), image));
        AddedEntries.read(added, "images", ImageJson.class).forEach(image -> all.put(image.id(), image));
        return new Images(List.copyOf(all.values()));
    }

    private static List<ImageJson> builtIn() {
        try (InputStream in = Images.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("expected the resource " + RESOURCE);
            }
            return MAPPER.readValue(in, new TypeReference<List<ImageJson>>() {});
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

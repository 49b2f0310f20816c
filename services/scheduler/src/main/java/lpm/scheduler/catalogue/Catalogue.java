package lpm.scheduler.catalogue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lpm.contracts.Resources;
import lpm.contracts.scheduler.LinodeSizing;
import lpm.platform.rest.AddedEntries;
import lpm.scheduler.catalogue.CatalogueJson.Image;
import lpm.scheduler.catalogue.CatalogueJson.Kernel;
import lpm.scheduler.catalogue.CatalogueJson.LinodeType;
import lpm.scheduler.catalogue.CatalogueJson.RegionJson;

/** What can be ordered: read-only, part of the program, with what an operator adds. */
public final class Catalogue {
    private final Map<String, LinodeType> types;
    private final Map<String, RegionJson> regions;
    private final Map<String, Kernel> kernels;
    private final Map<String, Image> images;

    private Catalogue(List<LinodeType> types, List<RegionJson> regions, List<Kernel> kernels, List<Image> images) {
        this.types = byId(types, LinodeType::id);
        this.regions = byId(regions, RegionJson::id);
        this.kernels = byId(kernels, Kernel::id);
        this.images = byId(images, Image::id);
    }

    /** Reads the files that come with the program. */
    public static Catalogue load() {
        return load(Optional.empty());
    }

    /** The same and what {@code LPM_CATALOGUE} adds to it; an entry of the same id takes the place of ours. */
    public static Catalogue load(Optional<String> added) {
        Catalogue all = new Catalogue(
                both("types", LinodeType.class, added),
                read("regions", RegionJson.class),
                both("kernels", Kernel.class, added),
                both("images", Image.class, added));
        all.images.values().forEach(all::requireItsKernel);
        return all;
    }

    private void requireItsKernel(Image image) {
        if (image.kernel() != null && !kernels.containsKey(image.kernel())) {
            throw new IllegalArgumentException("LPM_CATALOGUE: the image " + image.id() + " needs the kernel "
                    + image.kernel() + ", which is not in the catalogue; add it to kernels.json.");
        }
    }

    private static <T> List<T> both(String name, Class<T> type, Optional<String> added) {
        List<T> all = new ArrayList<>(read(name, type));
        all.addAll(AddedEntries.read(added, name, type));
        return all;
    }

    private static <T> List<T> read(String name, Class<T> type) {
        ObjectMapper mapper = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        try (InputStream file = Catalogue.class.getResourceAsStream("/catalogue/" + name + ".json")) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its catalogue of " + name);
            }
            return mapper.readerForListOf(type).readValue(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue of " + name + " cannot be read", e);
        }
    }

    private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
        Map<String, T> found = new LinkedHashMap<>();
        all.forEach(each -> found.put(id.apply(each), each));
        return found;
    }

    public List<LinodeType> types() {
        return new ArrayList<>(types.values());
    }

    public Optional<LinodeType> type(String id) {
        return Optional.ofNullable(types.get(id));
    }

    /** What a Linode of a type takes. */
    public Optional<LinodeSizing> sizing(String type) {
        return type(type)
                .map(it -> new LinodeSizing(it.id(), new Resources(it.vcpus(), it.memory()), it.disk(), it.transfer()));
    }

    public List<RegionJson> regions() {
        return new ArrayList<>(regions.values());
    }

    public Optional<RegionJson> region(String id) {
        return Optional.ofNullable(regions.get(id));
    }

    public List<Kernel> kernels() {
        return new ArrayList<>(kernels.values());
    }

    public Optional<Kernel> kernel(String id) {
        return Optional.ofNullable(kernels.get(id));
    }

    public Optional<Image> image(String id) {
        return Optional.ofNullable(images.get(id));
    }
}

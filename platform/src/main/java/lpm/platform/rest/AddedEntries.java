package lpm.platform.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an operator adds to what a service offers: {@code LPM_CATALOGUE} names a folder with files in the format of the
 * built-in ones. A file that is not there adds nothing; one that cannot be read keeps the service from starting.
 */
public final class AddedEntries {
    private static final ObjectMapper MAPPER = ApiJson.mapper();

    private AddedEntries() {}

    /**
     * The entries of one file.
     *
     * @param folder what {@code LPM_CATALOGUE} says, if it is set
     * @param name of the file, without {@code .json}
     * @throws IllegalArgumentException with one sentence for operators
     */
    public static <T> List<T> read(Optional<String> folder, String name, Class<T> type) {
        if (folder.isEmpty() || folder.get().isBlank()) {
            return List.of();
        }
        Path root = Path.of(folder.get());
        if (!Files.isDirectory(root)) {
            throw new IllegalArgumentException(
                    "LPM_CATALOGUE must name a folder with catalogue files, found " + root + "; correct or unset it.");
        }
        Path file = root.resolve(name + ".json");
        if (Files.notExists(file)) {
            return List.of();
        }
        try {
            return MAPPER.readerForListOf(type).readValue(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "LPM_CATALOGUE needs a JSON list of " + name + " in " + file + ", found something else ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + "); correct the file.",
                    e);
        }
    }
}

package lpm.xenlab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import lpm.local.LocalFailure;

/**
 * What a host's init is told, on a small disk of its own: a secret has no place on a command line.
 *
 * @param pool what it must know of the pool of its disks
 * @param watchMillis how often a witness looks at all domains; 0 for none
 */
record HostSettings(String name, String address, String authorizedKey, Map<String, String> pool, int watchMillis) {
    private static final int BYTES = 8_192;

    /** Lines of NAME='value', filled up with line feeds. */
    String text() {
        Map<String, String> values = new TreeMap<>(pool);
        values.putAll(Map.of(
                "name", name,
                "address", address,
                "authorized", authorizedKey,
                "watch", watchMillis == 0 ? "" : Integer.toString(watchMillis)));
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) ->
                text.append(key).append("='").append(plain(value)).append("'\n"));
        return text.append("\n".repeat(BYTES - text.length())).toString();
    }

    private static String plain(String value) {
        if (value.contains("'") || value.contains("\n")) {
            throw new IllegalArgumentException("expected a value without quotes and line feeds, found: " + value);
        }
        return value;
    }

    void write(Path file) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new LocalFailure("Cannot write " + file + ": " + e.getMessage() + ".", e);
        }
    }
}

package lpm.local;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/** Values made once and kept in a file that only its owner reads: tokens, passwords, ports. */
final class Kept {
    private final Path file;
    private final Properties values = new Properties();

    private Kept(Path file) {
        this.file = file;
    }

    static Kept open(Path file) {
        Kept kept = new Kept(file);
        kept.reload();
        return kept;
    }

    /** Reads what others put there meanwhile. */
    synchronized void reload() {
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                values.load(reader);
            } catch (IOException e) {
                throw new LocalFailure("Cannot read " + file + ": " + e.getMessage() + ".", e);
            }
        }
    }

    /** A value that must be there. */
    synchronized String value(String name) {
        String known = values.getProperty(name, "");
        if (known.isEmpty()) {
            throw new LocalFailure("There is no " + name + " in " + file + ".");
        }
        return known;
    }

    /** A value that may be there. */
    synchronized Optional<String> find(String name) {
        return Optional.ofNullable(values.getProperty(name));
    }

    synchronized List<String> values() {
        return values.stringPropertyNames().stream().map(values::getProperty).toList();
    }

    synchronized String get(String name, Supplier<String> make) {
        String known = values.getProperty(name, "");
        if (!known.isEmpty()) {
            return known;
        }
        String made = make.get();
        put(name, made);
        return made;
    }

    synchronized void put(String name, String value) {
        values.setProperty(name, value);
        try {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(next);
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            StringWriter text = new StringWriter();
            values.store(text, null);
            Files.writeString(next, text.toString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LocalFailure("Cannot write " + file + ": " + e.getMessage() + ".", e);
        }
    }
}

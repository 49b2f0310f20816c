package lpm.systemtests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository's own source files. */
final class SourceTree {
    static final Path ROOT = root();

    private SourceTree() {}

    /** All files below the modules' source folders with this ending. */
    static List<Path> files(String ending) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> file.toString().contains("/src/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the test of a class lies; a path that may not exist. */
    static Path testOf(String className) {
        String file = className.replace('.', '/') + "Test.java";
        return files("Test.java").stream()
                .filter(each -> each.toString().endsWith("/" + file))
                .findFirst()
                .orElse(ROOT.resolve("missing").resolve(file));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("contracts/pom.xml"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}

package lpm.local.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * The classes of some libraries as the JVM keeps them in a file: parsed, verified and linked, so that a program starts
 * with less work (class data sharing, with the linking of JEP 483). Programs with the same libraries share one. Its
 * name is a digest of all that it depends on, so one that is there fits.
 */
public final class ClassArchive {
    private static final String SUFFIX = ".jsa";
    private static final int NAME_BYTES = 8;

    private final List<Path> libraries;
    private final List<String> options;
    private final Path file;

    /**
     * That of these libraries, there or not.
     *
     * @param folder where archives are kept
     * @param libraries jars, in the order of the class path
     * @param options of the JVM; an archive serves only one that is started with the same
     */
    public ClassArchive(Path folder, List<Path> libraries, List<String> options) {
        this.libraries = List.copyOf(libraries);
        this.options = List.copyOf(options);
        this.file = folder.resolve(digest(this.libraries, this.options) + SUFFIX);
    }

    List<Path> libraries() {
        return libraries;
    }

    /** The options of the JVM without the archive. */
    List<String> plainOptions() {
        return options;
    }

    /** Where it is or would be. */
    public Path file() {
        return file;
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /** The options of a JVM that starts with these libraries, and with the archive when it is there. */
    List<String> options() {
        if (!exists()) {
            return options;
        }
        // a damaged one would crash the JVM, were it not looked through first
        return Stream.concat(options.stream(), Stream.of("-XX:SharedArchiveFile=" + file, "-XX:+VerifySharedSpaces"))
                .toList();
    }

    /** Of what the JVM itself compares before it takes one: Java, options, and place, size and time of each jar. */
    private static String digest(List<Path> libraries, List<String> options) {
        StringJoiner all = new StringJoiner("\n");
        all.add(Runtime.version().toString()).add(String.join(" ", options));
        try {
            Path java = Path.of(System.getProperty("java.home"));
            all.add(stamp(java, java.resolve("lib/modules")));
            Path root = common(libraries);
            for (Path library : libraries) {
                all.add(stamp(root, library));
            }
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("a library cannot be looked at", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The folder that all have in common: where that is does not matter to the JVM. */
    private static Path common(List<Path> files) {
        Path first = files.getFirst();
        for (int names = first.getNameCount() - 1; names > 0; names--) {
            Path folder = first.getRoot().resolve(first.subpath(0, names));
            if (files.stream().allMatch(file -> file.startsWith(folder))) {
                return folder;
            }
        }
        return first.getRoot();
    }

    private static String stamp(Path root, Path file) throws IOException {
        return root.relativize(file) + " " + Files.size(file) + " "
                + Files.getLastModifiedTime(file).toMillis();
    }
}

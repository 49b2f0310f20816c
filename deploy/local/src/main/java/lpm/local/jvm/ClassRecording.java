package lpm.local.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Makes an archive from what programs with its libraries were seen to load. */
public final class ClassRecording {
    private static final String MAKING = ".making";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** The JVM numbers classes for those of other loaders, which cannot be kept without them. */
    private static final Pattern ID = Pattern.compile(" id: \\d+$");

    private static final String OTHER_LOADER = "source:";

    private final Path folder;

    /**
     * Keeps its own files, the JVM's words among them, in a folder.
     *
     * @param folder there already
     */
    public ClassRecording(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes it; one that is only half made is never seen.
     *
     * @param loaded lists of classes ({@code -XX:DumpLoadedClassList}); what is in no library is left out
     * @return where it is
     * @throws IOException when the JVM does not make it; with its own words
     */
    public Path make(ClassArchive archive, List<Path> loaded) throws IOException, InterruptedException {
        String name = archive.file().getFileName().toString();
        Path made = archive.file().resolveSibling(name + MAKING);
        Path log = folder.resolve(name + ".log");
        Path list = Files.write(folder.resolve(name + ".classes"), merged(loaded));
        Process process = new ProcessBuilder(command(archive, list, made))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("Java was not ready with an archive of classes after " + LIMIT.toSeconds() + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("Java made no archive of classes; it said: " + Files.readString(log));
        }
        return Files.move(made, archive.file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> command(ClassArchive archive, Path list, Path made) {
        List<String> command = new ArrayList<>(List.of(Program.java()));
        command.addAll(archive.plainOptions());
        command.addAll(List.of(
                "-Xshare:dump",
                "-XX:+AOTClassLinking",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + made,
                "-cp",
                Program.classPath(archive.libraries().stream())));
        return command;
    }

    private static Set<String> merged(List<Path> lists) throws IOException {
        Set<String> all = new LinkedHashSet<>();
        for (Path list : lists) {
            for (String line : Files.readAllLines(list)) {
                if (!line.startsWith("#") && !line.contains(OTHER_LOADER)) {
                    all.add(ID.matcher(line).replaceFirst(""));
                }
            }
        }
        return all;
    }
}

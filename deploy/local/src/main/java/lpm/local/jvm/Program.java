package lpm.local.jvm;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of the cloud, as the launcher's own Java starts it.
 *
 * @param archive of its libraries: what it needs of others, first on the class path
 * @param own jars and folders of ours and what is generated from them
 * @param settings further options of the JVM, such as {@code -Dname=value}
 * @param main the class to run
 */
public record Program(ClassArchive archive, List<Path> own, List<String> settings, String main) {
    public Program {
        own = List.copyOf(own);
        settings = List.copyOf(settings);
    }

    /** What starts it with a heap such as {@code -Xmx96m}. */
    public List<String> command(String heap, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java(), heap));
        command.addAll(archive.options());
        command.addAll(settings);
        command.add("-cp");
        command.add(classPath(Stream.concat(archive.libraries().stream(), own.stream())));
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    static String classPath(Stream<Path> parts) {
        return parts.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The Java that runs the launcher, for its children too. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}

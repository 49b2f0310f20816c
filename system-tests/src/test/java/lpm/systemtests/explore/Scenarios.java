package lpm.systemtests.explore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The scenarios that are checked in. */
public final class Scenarios {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "src/test/resources/scenarios");

    private Scenarios() {}

    /** One of them; its folder's name is its own. */
    public record Scenario(Path folder, Script script) {
        /** What it is called. */
        public String name() {
            return folder.getFileName().toString();
        }
    }

    /** All, by name. */
    public static List<Scenario> all() throws IOException {
        List<Scenario> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(FOLDER)) {
            for (Path each : folders.sorted().toList()) {
                all.add(new Scenario(each, Script.parse(Files.readString(each.resolve("script.yaml")))));
            }
        }
        return all;
    }

    /** The script that a name stands for: a scenario's, or that of {@code seed <number>}. */
    public static Script script(String name) throws IOException {
        if (name.startsWith("seed ")) {
            long seed = Long.parseLong(name.substring("seed ".length()));
            return Generator.script(seed, SimOptions.OPERATIONS, FaultFamily.parse("all"));
        }
        return Script.parse(Files.readString(FOLDER.resolve(name).resolve("script.yaml")));
    }
}

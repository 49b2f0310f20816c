package lpm.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the built parts are found. */
public final class Home {
    private static final String ROUTES = "contracts/src/main/resources/routes.yaml";

    private Home() {}

    /** The repository: what {@code -Dlpm.home} names, or the nearest one above the working directory. */
    public static Path find() {
        String named = System.getProperty("lpm.home", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        @Nullable Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(ROUTES))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new LocalFailure(
                    "No repository of LPM at or above " + Path.of("").toAbsolutePath() + ".");
        }
        return folder;
    }

    /** The runnable jar of a service. */
    static Path serviceJar(Path home, String service) {
        return built(home.resolve("services/" + service + "/target/quarkus-app/quarkus-run.jar"));
    }

    /** The jar of agent and simulated Xen; its manifest names the few libraries it needs. */
    static Path agentJar(Path home) {
        return built(home.resolve("services/host-agent/target/host-agent-1.0.jar"));
    }

    static Path build(Path home) {
        return home.resolve("deploy/local/target");
    }

    /** The broker's class path: its own jars first, so that its logging wins. */
    static String brokerClassPath(Path home) {
        Path build = build(home);
        built(build.resolve("kafka"));
        return String.join(
                File.pathSeparator,
                build.resolve("classes").toString(),
                home.resolve("contracts/target/classes").toString(),
                build.resolve("kafka") + "/*",
                build.resolve("lib") + "/*");
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static Path built(Path part) {
        if (!Files.exists(part)) {
            throw new LocalFailure(part + " is not built; start through ./lpm, which builds it.");
        }
        return part;
    }
}

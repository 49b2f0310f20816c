package lpm.local;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the repository is. */
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

    /** Where the launcher is built, and keeps what it made of its libraries. */
    static Path build(Path home) {
        return home.resolve("deploy/local/target");
    }
}

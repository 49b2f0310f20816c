package lpm.migration;

import java.util.List;
import java.util.regex.Pattern;
import lpm.contracts.Topics;
import lpm.migration.known.KnownHost;
import lpm.migration.live.CopyWatcher;
import lpm.migration.live.MigrationFeature;
import lpm.platform.App;
import lpm.platform.rest.KnownTokens;

/** The migration service: what it hears and what it consists of. */
public final class MigrationApp {
    private MigrationApp() {}

    public static App app(CopyWatcher copies) {
        return new App(
                "migration",
                List.of(
                        Pattern.compile(Pattern.quote(Topics.MIGRATION_COMMANDS)),
                        Pattern.compile(Pattern.quote(Topics.STORAGE_EVENTS)),
                        Pattern.compile(Pattern.quote(Topics.SCHEDULER_EVENTS)),
                        Pattern.compile(Pattern.quote(Topics.ACCOUNT_EVENTS)),
                        Topics.HOST_EVENTS),
                true,
                List.of(MigrationFeature.feature()),
                MigrationFeature.planners(),
                List.of(new KnownHost(), new KnownTokens()),
                List.of(copies));
    }

    /** For an interpreter that shows no progress. */
    public static App app() {
        return app(new CopyWatcher());
    }
}

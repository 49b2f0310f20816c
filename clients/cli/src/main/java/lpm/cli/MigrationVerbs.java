package lpm.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What an operator sees of moves under way. */
@Command(name = "migration", description = "Migrations (operators): progress, pauses, cancelling.")
final class MigrationVerbs {
    private static final String PATH = "/ops/v1/migrations";

    @ParentCommand
    private Lpm lpm = new Lpm();

    @Command(description = "All migrations.")
    void list() {
        lpm.screen()
                .rows(
                        lpm.operator().list(PATH),
                        "id",
                        "linode_id=linode",
                        "type",
                        "status",
                        "source_host=from",
                        "target_host=to",
                        "progress.percent=%",
                        "predicted_pause_millis=predicted ms",
                        "paused_millis=paused ms",
                        "guest_pause_millis=guest ms",
                        "total_millis=total ms",
                        "reason");
    }

    @Command(description = "One migration.")
    void show(@Parameters(paramLabel = "ID") String id) {
        lpm.screen().one(lpm.operator().get(PATH + "/" + id));
    }

    @Command(description = "Gives it up, while that is still possible.")
    void cancel(@Parameters(paramLabel = "ID") String id) {
        lpm.screen().one(lpm.operator().post(PATH + "/" + id + "/cancel").body());
    }
}

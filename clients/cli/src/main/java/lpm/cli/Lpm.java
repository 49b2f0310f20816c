package lpm.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code lpm} command: a word for a thing, then a verb. */
@Command(
        name = "lpm",
        description = "Linodes, volumes, hosts and everything that happened to them.",
        synopsisSubcommandLabel = "(linode | volume | host | ...)",
        subcommands = {
            LinodeVerbs.class,
            VolumeVerbs.class,
            HostVerbs.class,
            MigrationVerbs.class,
            PlacementVerbs.class,
            AccountVerbs.class,
            CatalogueVerbs.class,
            ProjectionVerbs.class,
            StoryVerbs.EventVerbs.class,
            StoryVerbs.HistoryVerb.class,
            StoryVerbs.WhyVerb.class,
            StoryVerbs.AuditVerb.class,
            StoryVerbs.ParkedVerbs.class
        })
public final class Lpm {
    private static final int USER_ERROR = 1;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Tell how it is used.")
    boolean help;

    @Option(
            names = "--api",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "",
            description = "Where the API is (else LPM_API, else a running ./lpm up).")
    String api = "";

    @Option(
            names = "--token",
            scope = ScopeType.INHERIT,
            paramLabel = "TOKEN",
            defaultValue = "",
            description = "A customer's token (else LPM_TOKEN).")
    String token = "";

    @Option(
            names = "--operator-token",
            scope = ScopeType.INHERIT,
            paramLabel = "TOKEN",
            defaultValue = "",
            description = "An operator's token (else LPM_OPERATOR_TOKEN).")
    String operatorToken = "";

    @Option(
            names = "--data",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = "",
            description = "The folder of a running ./lpm up (else LPM_DATA, else .lpm).")
    String data = "";

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer with JSON.")
    boolean json;

    @Option(names = "--wait", scope = ScopeType.INHERIT, description = "Wait until it is done, telling its progress.")
    boolean wait;

    /** Runs one command; the result is the exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Lpm()).setExecutionExceptionHandler((exception, command, _) -> {
            if (exception instanceof ApiFailure failure) {
                command.getErr().println("lpm: " + failure.sentence());
                return USER_ERROR;
            }
            throw exception;
        });
    }

    Api customer() {
        return session().customer();
    }

    Api operator() {
        return session().operator();
    }

    Screen screen() {
        return new Screen(json, wait, System.out, System.err);
    }

    private Session session() {
        Map<String, String> environment = System.getenv();
        String folder = data.isEmpty() ? environment.getOrDefault("LPM_DATA", "") : data;
        Path note =
                folder.isEmpty() ? Path.of(System.getProperty("lpm.home", ".")).resolve(".lpm") : Path.of(folder);
        return Session.find(new Session(api, token, operatorToken), environment, note);
    }
}

package lpm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import lpm.verify.Report;
import lpm.verify.Verification;
import lpm.verify.history.Checkpoint;
import lpm.verify.invariant.Given;
import lpm.verify.source.ApiSource;
import lpm.verify.source.Unreadable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code ./lpm verify}: whether the log of a platform keeps every promise that can be read off it. */
@Command(
        name = "lpm verify",
        description = "Checks the invariants on what a platform stored and published.",
        footer = "Exit code: 0 all hold, 1 one is violated, 2 it could not be checked.")
public final class Verify implements Callable<Integer> {
    @Option(names = "--data", defaultValue = "", description = "A platform's data folder, running or stopped (.lpm).")
    private String data = "";

    @Option(names = "--api", defaultValue = "", description = "Read what the API shows operators instead.")
    private String api = "";

    @Option(
            names = "--operator-token",
            defaultValue = "${env:LPM_OPERATOR_TOKEN:-}",
            description = "With --api; or LPM_OPERATOR_TOKEN.")
    private String operatorToken = "";

    @Option(
            names = "--canary",
            paramLabel = "SECRET",
            description = "A secret given to the platform; must not be found.")
    private List<String> canaries = new ArrayList<>();

    @Option(
            names = "--audit-key",
            paramLabel = "FILE",
            description = "Public key that the audit is signed with (PEM); a data folder has its own.")
    private List<PublicKey> auditKeys = new ArrayList<>();

    @Option(
            names = "--checkpoint",
            paramLabel = "POSITION:HASH",
            description = "One that an earlier verify printed and that was kept elsewhere.")
    private List<Checkpoint> checkpoints = new ArrayList<>();

    @Option(names = "--json", description = "The report as JSON.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Tell how it is used.")
    private boolean help;

    /** Checks and exits. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new CommandLine(new Verify())
                .registerConverter(PublicKey.class, file -> valid(Given::auditKey, read(file)))
                .registerConverter(Checkpoint.class, text -> valid(Checkpoint::of, text))
                .setExecutionExceptionHandler((exception, _, _) -> {
                    System.err.println("lpm: It could not be checked. " + sentence(exception));
                    return Verification.UNCHECKED;
                })
                .setExitCodeExceptionMapper(_ -> Verification.UNCHECKED)
                .execute(arguments);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new TypeConversionException("expected a file with a public key, found none at " + file);
        }
    }

    private static <T> T valid(Function<String, T> parse, String text) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static String sentence(Exception exception) {
        return switch (exception) {
            case LocalFailure it -> it.sentence();
            case Unreadable it -> String.valueOf(it.getMessage());
            default -> "This is a mistake of the checker: " + exception;
        };
    }

    @Override
    public Integer call() {
        Report report = api.isEmpty() ? ofFolder() : ofApi();
        System.out.println(json ? Verification.json(report) : report.text());
        return report.holds() ? Verification.OK : Verification.VIOLATED;
    }

    private Given given() {
        return new Given(canaries, auditKeys, checkpoints);
    }

    private Report ofApi() {
        return new Verification(given()).of(new ApiSource(api, operatorToken));
    }

    private Report ofFolder() {
        Path home = Home.find();
        Path folder = data.isEmpty() ? home.resolve(".lpm") : Path.of(data);
        Progress progress = new Progress(System.err);
        try (KeptData kept = KeptData.open(home, folder.toAbsolutePath(), progress)) {
            return kept.verify(given());
        }
    }
}

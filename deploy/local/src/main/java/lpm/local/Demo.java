package lpm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lpm.cli.ApiFailure;
import lpm.verify.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./lpm demo}: a fresh cloud, and the whole mission on it, told step by step. */
@Command(
        name = "lpm demo",
        description = "Starts a fresh cloud on this machine and shows a Linode's life on it, up to a live migration.")
public final class Demo implements Runnable {
    @Option(names = "--exit", description = "End after the last step instead of staying up.")
    private boolean exit;

    @Option(names = "--hosts", defaultValue = "" + Options.DEFAULT_HOSTS, description = "Simulated hosts, at least 3.")
    private int hosts;

    @Option(names = "--port", defaultValue = "0", description = "The public port on 127.0.0.1; 0 picks a free one.")
    private int port;

    @Option(names = "--data", defaultValue = "", description = "Where data and logs are kept (a fresh folder).")
    private String data = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Tell how it is used.")
    private boolean help;

    /** Runs the demo; the exit code tells whether every step worked. */
    public static void main(String[] arguments) {
        System.exit(Up.run(new CommandLine(new Demo()), arguments, System.err));
    }

    @Override
    public void run() {
        Path folder = data.isEmpty() ? fresh() : Path.of(data);
        Progress progress = new Progress(System.out);
        try (LocalCloud cloud = LocalCloud.start(new Options(Home.find(), folder, port, hosts, progress))) {
            Journey.Result result = journey(cloud, progress, folder);
            if (!exit) {
                progress.result("Up at %s until Ctrl-C. In another terminal: ./lpm linode list --data %s"
                        .formatted(cloud.api(), folder));
            }
            Report report = cloud.verify(List.of());
            progress.result(result.line());
            progress.result(report.summary());
            if (!report.holds()) {
                throw new LocalFailure(report.text() + "\nThe log is in " + folder + ".");
            }
            if (!exit) {
                Up.untilInterrupted();
            }
        }
        if (data.isEmpty()) {
            remove(folder);
        }
    }

    private static Journey.Result journey(LocalCloud cloud, Progress progress, Path folder) {
        try {
            return new Journey(cloud.customer(), cloud.operator(), progress).run();
        } catch (ApiFailure e) {
            throw new LocalFailure(
                    "The demo failed: " + e.sentence() + "\nLogs of every part are in " + folder.resolve("logs") + ".",
                    e);
        } catch (LocalFailure e) {
            throw new LocalFailure(
                    "The demo failed: " + e.sentence() + "\nLogs of every part are in " + folder.resolve("logs") + ".",
                    e);
        }
    }

    private static Path fresh() {
        try {
            return Files.createTempDirectory("lpm-demo-");
        } catch (IOException e) {
            throw new LocalFailure("No temporary folder can be made: " + e.getMessage() + ".", e);
        }
    }

    /** Only after success: the folder of a failed demo is what one looks into. */
    private static void remove(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new LocalFailure("The folder " + folder + " cannot be removed: " + e.getMessage() + ".", e);
        }
    }
}

package lpm.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./lpm up}: the platform on this machine, for use. */
@Command(name = "lpm up", description = "Starts the platform on this machine and keeps it up until Ctrl-C.")
public final class Up implements Runnable {
    @Option(names = "--port", defaultValue = "" + Options.DEFAULT_PORT, description = "The public port on 127.0.0.1.")
    private int port;

    @Option(names = "--hosts", defaultValue = "" + Options.DEFAULT_HOSTS, description = "Simulated hosts.")
    private int hosts;

    @Option(names = "--data", defaultValue = "", description = "Where data, logs and tokens are kept (.lpm).")
    private String data = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Tell how it is used.")
    private boolean help;

    /** Runs until it is interrupted. */
    public static void main(String[] arguments) {
        System.exit(run(new CommandLine(new Up()), arguments, System.err));
    }

    /** Runs a command; a failure is one sentence and code 1. */
    public static int run(CommandLine command, String[] arguments, PrintStream err) {
        return command.setExecutionExceptionHandler((exception, _, _) -> {
                    if (exception instanceof LocalFailure failure) {
                        err.println("lpm: " + failure.sentence());
                        return 1;
                    }
                    throw exception;
                })
                .execute(arguments);
    }

    @Override
    public void run() {
        Path home = Home.find();
        Path folder = data.isEmpty() ? home.resolve(".lpm") : Path.of(data);
        Progress progress = new Progress(System.out);
        LocalCloud cloud = LocalCloud.start(new Options(home, folder, port, hosts, progress));
        progress.say("Everything is up; logs are in %s", cloud.dataDir().logs());
        progress.result(
                "READY api=%s token=%s operator-token=%s".formatted(cloud.api(), cloud.token(), cloud.operatorToken()));
        untilInterrupted();
    }

    /** Comes back only when the thread is interrupted; Ctrl-C ends the process instead. */
    public static void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

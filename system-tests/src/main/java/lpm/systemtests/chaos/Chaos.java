package lpm.systemtests.chaos;

import java.util.logging.Level;
import java.util.logging.Logger;
import lpm.local.Up;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./lpm chaos}: what may go wrong with real processes, on purpose. */
@Command(
        name = "lpm chaos",
        mixinStandardHelpOptions = true,
        description = "Breaks a cloud of real processes on purpose and looks whether everything stays right.",
        subcommands = {MatrixCommand.class, WritesCommand.class, BrokersCommand.class})
public final class Chaos implements Runnable {
    private Chaos() {}

    /** Ends with 0 if everything was right, 1 if not, 2 if it was called wrongly. */
    public static void main(String[] arguments) {
        // that connections break is what is wanted here
        Logger.getLogger("").setLevel(Level.OFF);
        System.exit(Up.run(new CommandLine(new Chaos()), arguments, System.err));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}

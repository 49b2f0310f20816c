package lpm.xenlab.scenario;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import lpm.local.LocalFailure;
import lpm.local.Waiting;
import lpm.xenlab.XenHost;

/** A command that waits in a dom0 for a word: a new secure shell takes a second there, in which a moment is over. */
final class Trigger implements AutoCloseable {
    private static final String ARMED = "armed";

    private final Process shell;
    private final Writer word;

    /** Comes back when the command waits. */
    Trigger(XenHost host, String command) {
        try {
            shell = new ProcessBuilder(host.dom0Command("echo " + ARMED + "; read word && " + command))
                    .redirectErrorStream(true)
                    .start();
            word = shell.outputWriter(StandardCharsets.US_ASCII);
            String said = shell.inputReader(StandardCharsets.US_ASCII).readLine();
            Failed.unless(ARMED.equals(said), "a command that waits in dom0 of " + host.name(), said);
        } catch (IOException e) {
            throw new LocalFailure("Cannot reach dom0 of " + host.name() + ": " + e.getMessage() + ".", e);
        }
    }

    /** Has it run now. */
    void fire() {
        try {
            word.write("now\n");
            word.flush();
        } catch (IOException e) {
            throw new LocalFailure("The command in dom0 waits no more: " + e.getMessage() + ".", e);
        }
    }

    /** Comes back when it has run. */
    void await() {
        Waiting.until(
                "the command in dom0 to end",
                Move.LIMIT,
                () -> shell.isAlive() ? Waiting.Look.notYet("it runs") : Waiting.Look.ready(true));
    }

    @Override
    public void close() {
        shell.destroyForcibly();
    }
}

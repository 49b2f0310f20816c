package lpm.local;

import java.io.IOException;

/** Signals beyond the two Java knows, by the shell's own {@code kill}. */
final class Signals {
    private Signals() {}

    static void send(String signal, long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new LocalFailure("Cannot send " + signal + " to process " + pid + ": " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("Interrupted while sending " + signal + " to process " + pid + ".", e);
        }
    }
}

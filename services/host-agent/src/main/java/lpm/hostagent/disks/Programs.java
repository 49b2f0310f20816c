package lpm.hostagent.disks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;

/** Programs of the machine that do what Java cannot. */
public final class Programs {
    private static final int LONGEST_SECONDS = 900;

    private Programs() {}

    /**
     * Runs a program to its end, and answers with what it said; one that ends badly is a refusal.
     *
     * @param packages what to install where it is missing
     */
    public static String run(String packages, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            try {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                    throw new PortUnreachable(command[0] + " was not ready after " + LONGEST_SECONDS + " s");
                }
                if (process.exitValue() != 0) {
                    throw new PortRefusal(command[0] + " ended with " + process.exitValue() + ": " + said.strip());
                }
                return said;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new PortRefusal("cannot run " + command[0] + ": install " + packages + " (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortUnreachable(command[0] + " was interrupted", e);
        }
    }
}

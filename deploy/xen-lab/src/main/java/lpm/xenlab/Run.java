package lpm.xenlab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lpm.local.LocalFailure;

/** Runs a command to its end, with a limit. */
final class Run {
    private Run() {}

    /**
     * How it ended.
     *
     * @param code the exit code; -1 when it had to be killed at the limit
     * @param output both streams
     */
    record Result(int code, String output) {
        boolean ok() {
            return code == 0;
        }
    }

    /** The output; a failure with it when the exit code is not 0. */
    static String ok(Duration limit, List<String> command) {
        return ok(limit, command, "");
    }

    static String ok(Duration limit, List<String> command, String input) {
        Result result = result(limit, command, input);
        if (!result.ok()) {
            throw new LocalFailure("Expected success of `" + String.join(" ", command) + "`, found "
                    + (result.code() < 0 ? "no end within " + limit.toSeconds() + " s" : "exit code " + result.code())
                    + ": " + result.output().strip());
        }
        return result.output();
    }

    static Result result(Duration limit, List<String> command, String input) {
        try {
            // a file, since a pipe would wait for grandchildren that outlive the command
            Path output = Files.createTempFile("lpm-run", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                process.outputWriter(StandardCharsets.UTF_8).append(input).close();
                int code = -1;
                if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    code = process.exitValue();
                } else {
                    process.destroyForcibly();
                }
                return new Result(code, Files.readString(output));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new LocalFailure("Cannot run `" + String.join(" ", command) + "`: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("Interrupted while running `" + String.join(" ", command) + "`.", e);
        }
    }
}

package lpm.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The end of a log, for a message about a failure. */
final class LogTail {
    private static final int LINES = 15;
    private static final int BYTES = 8_192;

    private LogTail() {}

    static String of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - BYTES));
            byte[] end = new byte[BYTES];
            int read = Math.max(0, file.read(end));
            List<String> lines =
                    new String(end, 0, read, StandardCharsets.UTF_8).lines().toList();
            return "Last lines of " + log + ":\n"
                    + lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                            .collect(Collectors.joining("\n  ", "  ", ""));
        } catch (IOException e) {
            return "No log at " + log + " (" + e.getMessage() + ").";
        }
    }
}

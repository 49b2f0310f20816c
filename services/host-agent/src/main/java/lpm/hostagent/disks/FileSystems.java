package lpm.hostagent.disks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;

/** Writes empty file systems into sparse files, by the programs made for it. */
public final class FileSystems {
    private static final long MIB = 1024 * 1024;
    private static final int LONGEST_SECONDS = 300;

    private FileSystems() {}

    /** Whether the kind leaves something in the bytes; {@code raw} and {@code initrd} do not. */
    public static boolean writes(String filesystem) {
        return !filesystem.equals("raw") && !filesystem.equals("initrd");
    }

    /** Makes the file as long as the disk and writes the file system: ext3, ext4 or swap. */
    public static void write(Path file, String filesystem, long sizeMib) {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(sizeMib * MIB);
        } catch (IOException e) {
            throw new UncheckedIOException("no room for a file system in " + file, e);
        }
        switch (filesystem) {
            case "ext3", "ext4" -> run("mke2fs", "-q", "-F", "-t", filesystem, "-E", "nodiscard", file.toString());
            case "swap" -> run("mkswap", file.toString());
            default ->
                throw new PortRefusal("file system " + filesystem + " is not made here: expected raw, swap, ext3, "
                        + "ext4 or initrd");
        }
    }

    private static void run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
            try {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                    throw new PortUnreachable(command[0] + " was not ready after " + LONGEST_SECONDS + " s");
                }
                if (process.exitValue() != 0) {
                    throw new PortRefusal(command[0] + " ended with " + process.exitValue() + ": " + said.strip());
                }
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new PortRefusal("cannot run " + List.of(command).getFirst() + ": install e2fsprogs and util-linux ("
                    + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortUnreachable(command[0] + " was interrupted", e);
        }
    }
}

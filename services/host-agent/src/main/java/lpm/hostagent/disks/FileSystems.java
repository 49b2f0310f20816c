package lpm.hostagent.disks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import lpm.hostagent.hypervisor.PortRefusal;

/** Writes empty file systems into sparse files, by the programs made for it. */
public final class FileSystems {
    private static final long MIB = 1024 * 1024;

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
            case "ext3", "ext4" ->
                Programs.run("e2fsprogs", "mke2fs", "-q", "-F", "-t", filesystem, "-E", "nodiscard", file.toString());
            case "swap" -> Programs.run("util-linux", "mkswap", file.toString());
            default ->
                throw new PortRefusal("file system " + filesystem + " is not made here: expected raw, swap, ext3, "
                        + "ext4 or initrd");
        }
    }
}

package lpm.systemtests.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lpm.hostagent.disks.Programs;
import lpm.local.FileTree;

/**
 * A folder on a small file system of its own, in memory, that can be filled to its last byte. Nobody may use the folder
 * while it is put there and while it is taken off again; what is in it goes along. Needs root.
 */
final class SmallDisk implements BadDisk {
    private static final String MOUNT = "mount";
    private static final String COREUTILS = "coreutils";
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path folder;
    private final Path ballast;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
    }

    /** Whether file systems can be mounted here. */
    static boolean isPossible() {
        try {
            Path probe = Files.createTempDirectory("lpm-mount-");
            boolean mounted = DiskTrouble.works("mount", "-t", "tmpfs", "-o", "size=64k", "lpm", probe.toString());
            if (mounted) {
                Programs.run(MOUNT, "umount", probe.toString());
            }
            Files.delete(probe);
            return mounted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a folder on a file system with so much more room than it needs now. */
    static SmallDisk under(Path folder, int spareMib) {
        Path aside = folder.resolveSibling(folder.getFileName() + ".aside");
        try {
            Files.move(folder, aside);
            Files.createDirectory(folder);
            Programs.run(
                    MOUNT,
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "mode=700,size=" + (usedMib(aside) + spareMib) + "m",
                    "lpm",
                    "" + folder);
            Programs.run(COREUTILS, "cp", "-a", aside + "/.", folder.toString());
            FileTree.delete(aside);
            return new SmallDisk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long usedMib(Path folder) {
        String[] words = Programs.run(COREUTILS, "du", "-sm", folder.toString()).split("\\s+");
        return Long.parseLong(words[0]);
    }

    @Override
    public void spoil() {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(chunk);
            }
        } catch (IOException full) {
            if (freeBytes() > 0) {
                throw new UncheckedIOException(full);
            }
        }
    }

    private long freeBytes() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void mend() {
        try {
            Files.deleteIfExists(ballast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        mend();
        Path aside = folder.resolveSibling(folder.getFileName() + ".aside");
        try {
            Files.createDirectory(aside);
            Programs.run(COREUTILS, "cp", "-a", folder + "/.", aside.toString());
            Programs.run(MOUNT, "umount", folder.toString());
            Files.delete(folder);
            Files.move(aside, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

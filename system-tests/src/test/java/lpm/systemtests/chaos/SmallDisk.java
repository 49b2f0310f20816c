package lpm.systemtests.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lpm.local.FileTree;

/**
 * A folder on a small file system of its own, in memory, that can be filled to its last byte. Nobody may use the folder
 * while it is put there and while it is taken off again; what is in it goes along. Needs root.
 */
final class SmallDisk implements BadDisk {
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
            boolean mounted = Tool.works("mount", "-t", "tmpfs", "-o", "size=64k", "lpm", probe.toString());
            if (mounted) {
                Tool.run("umount", probe.toString());
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
            Tool.run(
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "mode=700,size=" + (usedMib(aside) + spareMib) + "m",
                    "lpm",
                    "" + folder);
            Tool.run("cp", "-a", aside + "/.", folder.toString());
            FileTree.delete(aside);
            return new SmallDisk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long usedMib(Path folder) throws IOException {
        String[] words = Tool.run("du", "-sm", folder.toString()).split("\\s+");
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
            Tool.run("cp", "-a", folder + "/.", aside.toString());
            Tool.run("umount", folder.toString());
            Files.delete(folder);
            Files.move(aside, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

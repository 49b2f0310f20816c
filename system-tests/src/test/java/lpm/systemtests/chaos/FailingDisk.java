package lpm.systemtests.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lpm.hostagent.disks.Programs;
import lpm.local.Child;
import lpm.local.FileTree;

/** A disk on which each write ends with an error of input and output; a small library in front of libc says so. */
final class FailingDisk implements BadDisk {
    private static final String SOURCE = "/failing-disk.c";

    private final Child part;
    private final Path folder;
    private final Path flag;

    private FailingDisk(Child part, Path folder) {
        this.part = part;
        this.folder = folder;
        this.flag = folder.resolve("failing");
    }

    /** Whether the library can be compiled here. */
    static boolean isPossible() {
        return DiskTrouble.works("cc", "--version");
    }

    /** From the part's next start on. */
    static FailingDisk under(Child part, Path its) {
        try {
            FailingDisk disk = new FailingDisk(part, Files.createTempDirectory("lpm-failing-"));
            Path library = disk.folder.resolve("failing-disk.so");
            Path source = disk.folder.resolve("failing-disk.c");
            try (InputStream code = FailingDisk.class.getResourceAsStream(SOURCE)) {
                Files.copy(code, source);
            }
            Programs.run("gcc", "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString());
            part.surround(Map.of(
                    "LD_PRELOAD", library.toString(),
                    "LPM_FAILING_FOLDER", its.toRealPath().toString(),
                    "LPM_FAILING_WHILE", disk.flag.toString()));
            return disk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void spoil() {
        try {
            Files.createFile(flag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void mend() {
        try {
            Files.deleteIfExists(flag);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        mend();
        part.surround(Map.of());
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

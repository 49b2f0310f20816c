package lpm.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder of one local cloud; locked while its launcher lives. */
public final class DataDir implements AutoCloseable {
    private final Path root;
    private final FileChannel lockFile;

    private DataDir(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /** Makes the folder if need be and takes its lock. */
    public static DataDir open(Path root) {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new LocalFailure("The data folder " + root + " cannot be made: " + reason(e) + ".", e);
        }
        if (!Files.isWritable(root)) {
            throw new LocalFailure("The data folder " + root + " cannot be written by this user.");
        }
        try {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            FileChannel file = FileChannel.open(
                    root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            if (lock(file) == null) {
                String owner = Files.readString(root.resolve("launcher.pid")).strip();
                file.close();
                throw new LocalFailure("The data folder " + root + " is in use by a running launcher (process " + owner
                        + "); stop that one or choose another folder with --data.");
            }
            Files.writeString(
                    root.resolve("launcher.pid"),
                    Long.toString(ProcessHandle.current().pid()));
            DataDir dir = new DataDir(root, file);
            Files.createDirectories(dir.logs());
            Files.createDirectories(dir.run());
            return dir;
        } catch (IOException e) {
            throw new LocalFailure("The data folder " + root + " cannot be used: " + reason(e) + ".", e);
        }
    }

    /** Whether a launcher lives on this folder. */
    static boolean isInUse(Path root) {
        if (!Files.exists(root.resolve("lock"))) {
            return false;
        }
        try (FileChannel file = FileChannel.open(root.resolve("lock"), StandardOpenOption.WRITE);
                FileLock lock = lock(file)) {
            return lock == null;
        } catch (IOException e) {
            throw new LocalFailure("The lock of " + root + " cannot be looked at: " + reason(e) + ".", e);
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }

    public Path root() {
        return root;
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** Where a part of the cloud keeps its own data. */
    public Path of(String part) {
        return root.resolve(part);
    }

    /** Who runs: one file for each child process. */
    Path run() {
        return root.resolve("run");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new LocalFailure("The lock of " + root + " cannot be given back.", e);
        }
    }
}

package lpm.hostagent.disks.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.records.Records;

/**
 * Records as files of a folder {@code .lpm}: each is written beside and renamed, by whoever holds the lock of the file
 * {@code lock}. A mounted folder must pass locks on to its server (NFS 4 does).
 */
final class FileRecords implements Records {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long LOOK_NANOS = 1_000_000;

    private final Path folder;
    private final ExecutorService executor;

    /** @param executor does what may never come back when a server is gone */
    FileRecords(Path pool, ExecutorService executor) {
        this.folder = pool.resolve(".lpm");
        this.executor = executor;
    }

    @Override
    public List<Optional<String>> read(List<String> names) {
        return within(() -> {
            List<Optional<String>> texts = new ArrayList<>();
            for (String name : names) {
                texts.add(readOne(name));
            }
            return texts;
        });
    }

    @Override
    public List<Boolean> swap(List<Swap> swaps) {
        return within(() -> {
            Files.createDirectories(folder);
            try (FileChannel file = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = locked(file)) {
                List<Boolean> made = new ArrayList<>();
                for (Swap swap : swaps) {
                    made.add(swapOne(swap));
                }
                return made;
            }
        });
    }

    /** Does it in another thread, and stops waiting after the limit. */
    <T> T within(Callable<T> work) {
        Future<T> done = executor.submit(work);
        try {
            return done.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            done.cancel(true);
            throw new PortUnreachable("the pool at " + folder.getParent() + " gave no answer in " + LIMIT, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new PortUnreachable("the pool at " + folder.getParent() + " failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PortUnreachable("interrupted while the pool was asked", e);
        }
    }

    /** The lock of a file is the process's, so within one process it is waited for by looking. */
    private static FileLock locked(FileChannel file) throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                FileLock lock = file.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException heldHere) {
                LockSupport.parkNanos(heldHere, LOOK_NANOS);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        throw new IOException("interrupted while the lock was waited for");
    }

    private Optional<String> readOne(String name) throws IOException {
        try {
            return Optional.of(Files.readString(folder.resolve(name)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private boolean swapOne(Swap swap) throws IOException {
        if (!readOne(swap.name()).equals(swap.from())) {
            return false;
        }
        Path file = folder.resolve(swap.name());
        if (swap.to().isEmpty()) {
            Files.delete(file);
            return true;
        }
        Path beside = folder.resolve(swap.name() + ".new");
        try (FileChannel to = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            to.write(StandardCharsets.UTF_8.encode(swap.to().get()));
            to.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }
}

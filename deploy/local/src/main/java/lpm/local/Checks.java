package lpm.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What can be known to be wrong before anything is started; each with its one sentence. */
public final class Checks {
    private static final long MIB = 1L << 20;
    private static final long KIB_PER_MIB = 1024;
    private static final long BASE_MEMORY_MIB = 1_600;
    private static final long HOST_MEMORY_MIB = 160;
    private static final long BROKER_MEMORY_MIB = 400;
    private static final long DISK_MIB = 1_024;
    /** A socket's path has at most 107 bytes; the longest name we give one is taken off. */
    private static final int LONGEST_PATH_BYTES = 85;

    private Checks() {}

    static void memory(int hosts, int brokers) {
        memory(hosts, brokers, availableMemoryMib());
    }

    static void memory(int hosts, int brokers, OptionalLong availableMib) {
        long needed = BASE_MEMORY_MIB + hosts * HOST_MEMORY_MIB + (brokers - 1) * BROKER_MEMORY_MIB;
        availableMib.ifPresent(available -> {
            if (available < needed) {
                throw new LocalFailure("Too little memory: " + needed + " MiB are needed for " + hosts + " hosts, "
                        + available + " MiB are available.");
            }
        });
    }

    /** Of the folder's file system. */
    static void disk(Path folder) {
        try {
            disk(folder, Files.getFileStore(folder).getUsableSpace() / MIB);
        } catch (IOException e) {
            throw new LocalFailure("The disk of " + folder + " cannot be asked for its free space: " + e + ".", e);
        }
    }

    static void disk(Path folder, long freeMib) {
        if (freeMib < DISK_MIB) {
            throw new LocalFailure("Too little disk space: " + DISK_MIB + " MiB are needed under " + folder + ", "
                    + freeMib + " MiB are free.");
        }
    }

    static void port(int port) {
        if (port != 0 && !Ports.free(port)) {
            throw new LocalFailure("Port " + port + " on 127.0.0.1 is in use; choose another one with --port.");
        }
    }

    public static void pathLength(Path data) {
        int bytes = data.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_PATH_BYTES) {
            throw new LocalFailure("The data folder's path has " + bytes + " bytes, at most " + LONGEST_PATH_BYTES
                    + " are possible (sockets lie in it); choose a shorter one with --data.");
        }
    }

    /** Unknown where the system does not tell. */
    private static OptionalLong availableMemoryMib() {
        Path source = Path.of("/proc/meminfo");
        if (!Files.isReadable(source)) {
            return OptionalLong.empty();
        }
        try {
            return Files.readAllLines(source).stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}

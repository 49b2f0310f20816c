package lpm.hostagent.disks.pools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a folder of a server must be mounted, so that two hosts can trust what they find in it. */
final class NfsMount {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    private NfsMount() {}

    /** Refuses a folder that is no mount, or one whose client would answer from memory that there is no such record. */
    static void check(Path folder) {
        try {
            check(folder, Files.readAllLines(MOUNTS));
        } catch (IOException e) {
            throw new UncheckedIOException("a netfs pool needs a mounted folder, cannot read " + MOUNTS, e);
        }
    }

    /** @param mounts lines of device, folder, type and options; a later one hides an earlier one */
    static void check(Path folder, List<String> mounts) {
        String[] found = mounts.stream()
                .map(line -> line.split(" "))
                .filter(words -> words.length > 3 && words[1].equals(folder.toString()))
                .reduce((_, later) -> later)
                .orElseThrow(() -> new IllegalArgumentException("a netfs pool needs a mounted folder, found nothing"
                        + " mounted at " + folder + "; mount it before the agent starts"));
        List<String> options = List.of(found[3].split(","));
        if (found[2].startsWith("nfs")
                && !options.contains("lookupcache=pos")
                && !options.contains("lookupcache=none")) {
            throw new IllegalArgumentException(folder + " must be mounted with lookupcache=pos, found " + found[3]
                    + ": without it this host takes a lock of another one for free for up to a minute; mount it anew");
        }
    }
}

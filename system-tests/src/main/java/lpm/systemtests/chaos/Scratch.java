package lpm.systemtests.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lpm.local.FileTree;
import lpm.local.LocalFailure;

/** A folder for one run: a given one is kept, one of its own is not. */
record Scratch(Path folder, boolean kept) implements AutoCloseable {
    /**
     * @param given where, or empty for a folder of its own
     * @throws LocalFailure for a folder with something in it: what is there would be judged as well
     */
    static Scratch at(String given) {
        try {
            if (!given.isEmpty() && Files.exists(Path.of(given, "ports"))) {
                throw new LocalFailure("The folder " + given + " holds a cloud already; name a new one with --data.");
            }
            return given.isEmpty()
                    ? new Scratch(Files.createTempDirectory("lpm-chaos-"), false)
                    : new Scratch(Path.of(given), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (kept) {
            return;
        }
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

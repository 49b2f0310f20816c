package lpm.xenlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import lpm.local.LocalFailure;

/**
 * The key to the hosts' dom0 and to guests that are told to take it, made anew for each lab.
 *
 * @param file the private half
 */
record LabKey(Path file) {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    static LabKey make(Path file) {
        Run.ok(LIMIT, List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "lab", "-f", file.toString()));
        return new LabKey(file);
    }

    String publicKey() {
        try {
            return Files.readString(file.resolveSibling(file.getFileName() + ".pub"))
                    .strip();
        } catch (IOException e) {
            throw new LocalFailure("Cannot read the public half of " + file + ": " + e.getMessage() + ".", e);
        }
    }

    /** The start of a command that runs in a dom0, to be run inside the namespace. A dead host is noticed in 15 s. */
    List<String> ssh(String address) {
        return List.of(
                "ssh",
                "-i",
                file.toString(),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "LogLevel=ERROR",
                "-o",
                "BatchMode=yes",
                "-o",
                "ConnectTimeout=10",
                "-o",
                "ServerAliveInterval=5",
                "-o",
                "ServerAliveCountMax=3",
                "root@" + address);
    }
}

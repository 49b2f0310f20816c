package lpm.xenlab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.local.Child;
import lpm.local.DataDir;
import lpm.local.Family;
import lpm.local.LocalFailure;
import lpm.local.Progress;
import lpm.local.Waiting;

/**
 * A folder of this machine, served by NFS 4.2 from a program of its own (nfs-ganesha), since this machine's kernel may
 * have none. Each dom0 mounts it at the same path, so that an agent beside QEMU finds it there too.
 */
public final class NfsServer implements LabPool {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final String READY = "NFS SERVER INITIALIZED";

    /** Answers are not kept, because agents beside QEMU change the folder without asking the server. */
    private static final String CONFIGURATION = """
            NFS_CORE_PARAM {
                Protocols = 4; Bind_addr = %1$s; Enable_NLM = false; Enable_RQUOTA = false;
                Plugins_Dir = "/usr/lib/x86_64-linux-gnu/ganesha";
            }
            NFSv4 {
                Minor_Versions = 1, 2; Only_Numeric_Owners = true; Graceless = true;
                RecoveryBackend = "fs"; RecoveryRoot = "%2$s";
            }
            EXPORT {
                Export_Id = 1; Path = "%3$s"; Pseudo = "/vms"; Access_Type = RW; Squash = No_Root_Squash;
                SecType = sys; Attr_Expiration_Time = 0; FSAL { Name = VFS; }
            }
            """;

    private final Path folder;
    private final Path log;
    private final Child server;

    /** Writes its files; {@link #start} starts it. */
    NfsServer(Namespace namespace, DataDir dir, Progress progress) {
        Path home = dir.of("nfs");
        this.folder = home.resolve("vms");
        this.log = home.resolve("ganesha.log");
        Path configuration = home.resolve("ganesha.conf");
        try {
            Path recovery = Files.createDirectories(home.resolve("recovery"));
            Files.createDirectories(folder);
            Files.writeString(configuration, CONFIGURATION.formatted(LabNetwork.GATEWAY, recovery, folder));
        } catch (IOException e) {
            throw new LocalFailure("Cannot write " + configuration + ": " + e.getMessage() + ".", e);
        }
        List<String> command = namespace.execBound(List.of(
                "ganesha.nfsd", "-F", "-f", configuration.toString(), "-L", log.toString(), "-p", home + "/pid"));
        Child.Spec spec = new Child.Spec("nfs-server", command, Map.of(), this::serves, "TERM", STOP_LIMIT);
        this.server = new Child(spec, dir, progress);
    }

    private boolean serves() {
        try {
            return Files.exists(log) && Files.readString(log).contains(READY);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    @Override
    public void adoptInto(Family family) {
        family.adopt(List.of(server));
    }

    @Override
    public void start() {
        server.start();
        Waiting.until(
                "the NFS server (its log: " + log + ")",
                READY_LIMIT,
                () -> serves() ? Waiting.Look.ready(true) : Waiting.Look.notYet("it starts"));
    }

    @Override
    public Map<String, String> hostSettings() {
        return Map.of("nfs", LabNetwork.GATEWAY + ":/vms", "folder", folder.toString());
    }

    @Override
    public String outside() {
        return "dir:" + folder;
    }

    @Override
    public String inside() {
        return "netfs:" + folder;
    }

    /** Where its files are, here and in each dom0. */
    public Path folder() {
        return folder;
    }

    @Override
    public List<String> locks() {
        return names(folder.resolve(".lpm"), "lock.");
    }

    @Override
    public List<String> disks() {
        return names(folder, "disk-");
    }

    private static List<String> names(Path folder, String prefix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        } catch (IOException e) {
            throw new LocalFailure("Cannot list " + folder + ": " + e.getMessage() + ".", e);
        }
    }

    /** A folder keeps nobody out by itself. */
    @Override
    public Optional<String> shutOut() {
        return Optional.empty();
    }

    @Override
    public void resume() {
        server.thaw();
    }

    @Override
    public void heal() {
        resume();
        server.start();
    }
}

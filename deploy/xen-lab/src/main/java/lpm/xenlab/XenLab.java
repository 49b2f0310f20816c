package lpm.xenlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lpm.local.Checks;
import lpm.local.Child;
import lpm.local.DataDir;
import lpm.local.Family;
import lpm.local.FileTree;
import lpm.local.Leftovers;
import lpm.local.LocalFailure;
import lpm.local.Progress;

/**
 * Xen hosts and a pool for their disks in a network namespace of their own. Nothing outlives it: at its end, or at the
 * next start after a crash, processes and data are gone; the namespace goes with the launcher.
 */
public final class XenLab implements AutoCloseable {
    private static final List<String> KEPT = List.of("lock", "launcher.pid", "logs", "run");

    private final LabOptions options;
    private final DataDir dir;
    private final Namespace namespace;
    private final LabNetwork network;
    private final LabPool pool;
    private final Image image;
    private final LabKey key;
    private final List<XenHost> hosts;
    private final Family family = new Family();
    private final Thread hook = new Thread(this::end, "stop-lab");

    /** Starts hosts and pool side by side and comes back when all of them work. */
    public static XenLab start(LabOptions options) {
        Checks.pathLength(options.data());
        Image image = Image.find(options.home());
        DataDir dir = DataDir.open(options.data());
        try {
            clear(dir, options.progress());
            XenLab lab = new XenLab(options, dir, image);
            lab.launch();
            return lab;
        } catch (RuntimeException e) {
            dir.close();
            throw e;
        }
    }

    /** Ends what a launcher that was killed left behind; a failure when the lab is in use. */
    public static void clean(Path data, Progress progress) {
        Path folder = data.toAbsolutePath().normalize();
        if (Files.isDirectory(folder)) {
            try (DataDir dir = DataDir.open(folder)) {
                clear(dir, progress);
            }
        }
        Namespace.of(folder).delete();
    }

    private static void clear(DataDir dir, Progress progress) {
        Leftovers.stop(dir, progress);
        try (Stream<Path> parts = Files.list(dir.root())) {
            for (Path part : parts.toList()) {
                if (!KEPT.contains(String.valueOf(part.getFileName()))) {
                    FileTree.delete(part);
                }
            }
        } catch (IOException e) {
            throw new LocalFailure("Cannot clear " + dir.root() + ": " + e.getMessage() + ".", e);
        }
    }

    private XenLab(LabOptions options, DataDir dir, Image image) {
        this.options = options;
        this.dir = dir;
        this.image = image;
        this.namespace = Namespace.of(dir.root());
        this.network = new LabNetwork(namespace);
        this.pool = switch (options.pool()) {
            case ceph -> new CephCluster(prepared(), dir, options.progress());
            case nfs -> {
                Image.addNfs(options.home());
                yield new NfsServer(prepared(), dir, options.progress());
            }
        };
        this.key = LabKey.make(dir.of("key"));
        XenHost.Lab shared = new XenHost.Lab(namespace, network, image, key, pool, dir, options.progress());
        this.hosts = IntStream.rangeClosed(1, options.hosts())
                .mapToObj(number -> new XenHost(number, options, shared))
                .toList();
    }

    private Namespace prepared() {
        network.start(options.hosts());
        return namespace;
    }

    private void launch() {
        Runtime.getRuntime().addShutdownHook(hook);
        // not with the lab: the launcher is inside, and could not reach a next lab in another namespace of that name
        Runtime.getRuntime().addShutdownHook(new Thread(namespace::delete, "delete-namespace"));
        Progress progress = options.progress();
        try {
            pool.adoptInto(family);
            family.adopt(hosts.stream().map(XenHost::qemu).toList());
            progress.say(
                    "Starting %s and %d Xen hosts in namespace %s", options.pool(), hosts.size(), namespace.name());
            hosts.forEach(XenHost::powerOn);
            CompletableFuture<Void> storage = CompletableFuture.runAsync(() -> {
                pool.start();
                progress.say("The pool takes bytes");
            });
            hosts.forEach(host -> {
                host.awaitReady();
                progress.say("%s is up: Xen and libvirt at %s", host.name(), host.address());
            });
            join(storage);
            if (pool instanceof CephCluster ceph) {
                Path guest = image.linodeImages().resolve("lab-busybox.raw");
                ContractSettings.write(dir.of("contract.properties"), hosts, ceph, guest);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static void join(CompletableFuture<Void> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The repository that it was built from. */
    Path home() {
        return options.home();
    }

    public Namespace namespace() {
        return namespace;
    }

    public LabNetwork network() {
        return network;
    }

    /** Where its disks lie. */
    public LabPool pool() {
        return pool;
    }

    /** The pool, where it is Ceph's. */
    public CephCluster ceph() {
        if (pool instanceof CephCluster ceph) {
            return ceph;
        }
        throw new IllegalStateException("expected a lab on Ceph, found one on " + options.pool());
    }

    public List<XenHost> hosts() {
        return hosts;
    }

    /** The n-th host, counted from 1. */
    public XenHost host(int number) {
        return hosts.get(number - 1);
    }

    /** By its name, such as h1. */
    public XenHost host(String name) {
        return hosts.stream()
                .filter(host -> host.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected one of " + hosts.stream().map(XenHost::name).toList() + ", found " + name));
    }

    /** The image {@code lab/debian}, made when it is missing. */
    public void addDebian() {
        Image.addDebian(options.home());
    }

    /** How to log in to a guest at this address. */
    public GuestLogin login(String address) {
        return new GuestLogin(namespace, key, address);
    }

    /** What the guests of {@link #login} take as an authorized key. */
    public String publicKey() {
        return key.publicKey();
    }

    /** Makes a port inside the namespace reachable at 127.0.0.1 outside. */
    public void forward(int port) {
        List<Child> ends = new PortForward(namespace, port, dir, options.progress()).ends();
        family.adopt(ends);
        ends.forEach(Child::start);
    }

    public DataDir dataDir() {
        return dir;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the hook itself is at work: it ends everything
            return;
        }
        end();
        network.healAll();
        dir.close();
    }

    private void end() {
        // a stopped clock lets nothing end by itself
        hosts.forEach(XenHost::resume);
        pool.resume();
        family.close();
        hosts.forEach(XenHost::close);
    }
}

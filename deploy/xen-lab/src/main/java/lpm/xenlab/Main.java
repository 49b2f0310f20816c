package lpm.xenlab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import lpm.local.Home;
import lpm.local.LocalFailure;
import lpm.local.Options;
import lpm.local.Progress;
import lpm.xenlab.scenario.Tests;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./lpm xen-lab}: the script builds the image and runs this inside the lab's network namespace. */
@Command(
        name = "lpm xen-lab",
        description = "Real Xen hosts and a Ceph cluster on this machine.",
        subcommands = {Main.Up.class, Main.Demo.class, Main.Test.class, Main.Bench.class, Main.Down.class})
public final class Main {
    /** Room for a Linode and the guest it is compared with, on either host. */
    private static final int BENCH_MEMORY_MIB = 896;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Tell how it is used.")
    private boolean help;

    private Main() {}

    public static void main(String[] arguments) {
        int code = new CommandLine(new Main())
                .setExecutionExceptionHandler((exception, _, _) -> {
                    if (exception instanceof LocalFailure failure) {
                        System.err.println("lpm: " + failure.sentence());
                        return 1;
                    }
                    throw exception;
                })
                .execute(arguments);
        // Not that of a lab which runs already: only what the script made for this one, also when it never began.
        Optional.ofNullable(System.getenv("LPM_MADE_NAMESPACE"))
                .map(Namespace::new)
                .ifPresent(Namespace::delete);
        System.exit(code);
    }

    private abstract static class Verb implements Runnable {
        @Option(names = "--data", defaultValue = "", description = "Where logs and sockets are kept (.lpm-xen-lab).")
        private String data = "";

        Path data() {
            return data.isEmpty() ? Home.find().resolve(".lpm-xen-lab") : Path.of(data);
        }
    }

    @Command(name = "up", description = "Starts hosts and their pool and keeps them up until Ctrl-C.")
    static final class Up extends Verb {
        @Option(names = "--hosts", defaultValue = "" + LabOptions.DEFAULT_HOSTS, description = "Xen hosts.")
        private int hosts;

        @Option(names = "--port", defaultValue = "" + Options.DEFAULT_PORT, description = "The API's port, 127.0.0.1.")
        private int port;

        @Option(
                names = "--memory",
                defaultValue = "" + LabOptions.DEFAULT_MEMORY_MIB,
                description = "MiB of each host, dom0 included.")
        private int memory;

        @Option(names = "--pool", defaultValue = "ceph", description = "What disks lie in: ceph or nfs.")
        private LabOptions.Pool pool = LabOptions.Pool.ceph;

        @Override
        public void run() {
            Progress progress = new Progress(System.out);
            LabOptions options = new LabOptions(Home.find(), data(), hosts, memory, progress).on(pool);
            XenCloud cloud = XenCloud.start(options, port);
            XenLab lab = cloud.lab();
            progress.say(
                    "Everything is up; logs are in %s and %s. To look inside:",
                    lab.dataDir().logs(), cloud.logs());
            lab.hosts().forEach(host -> progress.result("  " + host.name() + "    " + host.shellCommand()));
            progress.result("  pool  "
                    + switch (lab.pool()) {
                        case CephCluster ceph -> String.join(" ", ceph.client("ceph")) + " -s";
                        case NfsServer nfs -> "ls -la " + nfs.folder() + " " + nfs.folder() + "/.lpm";
                    });
            progress.result("READY api=%s token=%s operator-token=%s namespace=%s"
                    .formatted(
                            cloud.platform().api(),
                            cloud.platform().token(),
                            cloud.platform().operatorToken(),
                            lab.namespace().name()));
            progress.result("In another terminal: ./lpm linode create --type lab-128 --image lab/busybox --data "
                    + cloud.platform().dataDir().root());
            untilInterrupted();
        }

        private static void untilInterrupted() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Command(name = "demo", description = "Shows a Linode's life on real Xen and Ceph, and ends everything.")
    static final class Demo extends Verb {
        @Override
        public void run() {
            Progress progress = new Progress(System.out);
            LabOptions options = LabOptions.usual(Home.find(), data(), progress);
            try (XenCloud cloud = XenCloud.start(options, 0)) {
                new XenJourney(cloud, progress).run();
            }
        }
    }

    @Command(
            name = "test",
            description = "Plays what may go wrong on real Xen and looks at what runs and what is lost.")
    static final class Test extends Verb implements CommandLine.IExitCodeGenerator {
        @Parameters(paramLabel = "NAME", description = "Scenarios; without any the three usual ones.")
        private List<String> names = new ArrayList<>();

        @Option(names = "--all", description = "All scenarios.")
        private boolean all;

        @Option(names = "--repeat", defaultValue = "1", description = "Plays them so often.")
        private int repeat;

        @Option(
                names = "--memory",
                defaultValue = "" + LabOptions.DEFAULT_MEMORY_MIB,
                description = "MiB of each host, dom0 included.")
        private int memory;

        private boolean passed;

        @Override
        public void run() {
            LabOptions options =
                    new LabOptions(Home.find(), data(), LabOptions.DEFAULT_HOSTS, memory, new Progress(System.out));
            passed = Tests.play(options, 0, names, all, repeat);
        }

        @Override
        public int getExitCode() {
            return passed ? 0 : 1;
        }
    }

    @Command(name = "bench", description = "What the platform costs, beside libvirt's own client on the same hosts.")
    static final class Bench extends Verb {
        @Option(names = "--runs", defaultValue = "5", description = "Of each figure; the median is told.")
        private int runs;

        @Override
        public void run() {
            Progress progress = new Progress(System.out);
            LabOptions options =
                    new LabOptions(Home.find(), data(), LabOptions.DEFAULT_HOSTS, BENCH_MEMORY_MIB, progress);
            try (XenCloud cloud = XenCloud.start(options, 0)) {
                new XenBench(cloud, progress, runs).run();
            }
        }
    }

    @Command(name = "down", description = "Ends what a lab that was killed left behind.")
    static final class Down extends Verb {
        @Override
        public void run() {
            XenCloud.clean(data(), new Progress(System.out));
        }
    }
}

package lpm.xenlab;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import lpm.local.Home;
import lpm.local.LocalFailure;
import lpm.local.Progress;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./lpm xen-lab}: the script builds the image and runs this inside the lab's network namespace. */
@Command(
        name = "lpm xen-lab",
        description = "Real Xen hosts and a Ceph cluster on this machine.",
        subcommands = {Main.Up.class, Main.Down.class, CommandLine.HelpCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((exception, _, _) -> {
                    if (exception instanceof LocalFailure failure) {
                        System.err.println("lpm: " + failure.sentence());
                        return 1;
                    }
                    throw exception;
                })
                .execute(arguments));
    }

    private abstract static class Verb implements Runnable {
        @Option(names = "--data", defaultValue = "", description = "Where logs and sockets are kept (.lpm-xen-lab).")
        private String data = "";

        Path data() {
            return data.isEmpty() ? Home.find().resolve(".lpm-xen-lab") : Path.of(data);
        }

        /** The hosts' and Ceph's part of it. */
        Path lab() {
            return data().resolve("lab");
        }
    }

    @Command(name = "up", description = "Starts hosts and Ceph and keeps them up until Ctrl-C.")
    static final class Up extends Verb {
        @Option(names = "--hosts", defaultValue = "" + LabOptions.DEFAULT_HOSTS, description = "Xen hosts.")
        private int hosts;

        @Option(
                names = "--memory",
                defaultValue = "" + LabOptions.DEFAULT_MEMORY_MIB,
                description = "MiB of each host, dom0 included.")
        private int memory;

        @Override
        public void run() {
            Progress progress = new Progress(System.out);
            XenLab lab = XenLab.start(new LabOptions(Home.find(), lab(), hosts, memory, progress));
            progress.say(
                    "The lab is up; logs are in %s. To look inside:",
                    lab.dataDir().logs());
            lab.hosts().forEach(host -> progress.result("  " + host.name() + "    " + host.shellCommand()));
            progress.result("  ceph  " + String.join(" ", lab.ceph().client("ceph")) + " -s");
            progress.result("READY namespace=" + lab.namespace().name());
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

    @Command(name = "down", description = "Ends what a lab that was killed left behind.")
    static final class Down extends Verb {
        @Override
        public void run() {
            XenLab.clean(lab(), new Progress(System.out));
        }
    }
}

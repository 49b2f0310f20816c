package lpm.xenlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lpm.local.Child;
import lpm.local.DataDir;
import lpm.local.LocalFailure;
import lpm.local.Progress;

/**
 * One emulated host with a real Xen, under its own watchdog. QEMU dies with this launcher, so no host is ever without
 * its watchdog; a host that ends by itself is started again, as a crashed machine would.
 */
public final class XenHost implements AutoCloseable {
    static final Duration START_LIMIT = Duration.ofSeconds(150);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final Duration ROUNDING = Duration.ofMillis(20);
    private static final String READY = "LAB READY";

    private final int number;
    private final Lab lab;
    private final QemuArguments arguments;
    private final Child qemu;
    private final Watchdog watchdog;

    /** What all hosts of a lab share. */
    record Lab(
            Namespace namespace,
            LabNetwork network,
            Image image,
            LabKey key,
            LabPool pool,
            DataDir dir,
            Progress progress) {}

    XenHost(int number, LabOptions options, Lab lab) {
        this.number = number;
        this.lab = lab;
        Path folder = lab.dir().of(name());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new LocalFailure("Cannot make " + folder + ": " + e.getMessage() + ".", e);
        }
        arguments = new QemuArguments(lab.image(), folder, number, options.memoryMib());
        new HostSettings(name(), address(), lab.key().publicKey(), lab.pool().hostSettings(), options.watchMillis())
                .write(arguments.settings());
        List<String> command = lab.namespace().execBound(arguments.command());
        qemu = new Child(
                new Child.Spec(name(), command, Map.of(), this::booted, "TERM", STOP_LIMIT), lab.dir(), lab.progress());
        watchdog = new Watchdog(
                new Reins(), lab.dir().root().resolve("watchdog-" + name() + ".sock"), Watchdog.LIMIT, lab.progress());
    }

    public String name() {
        return "h" + number;
    }

    /** Counted from 1. */
    public int number() {
        return number;
    }

    /** In the network of migrations and storage. */
    public String address() {
        return LabNetwork.address(number);
    }

    /** What Xen, dom0's kernel and its init wrote since the last start. */
    public Path consoleLog() {
        return arguments.console();
    }

    /** What {@code lpm-xen watch} wrote since the last start, if the lab has a witness. */
    public Path watchLog() {
        return arguments.watch();
    }

    Child qemu() {
        return qemu;
    }

    /** Told by the console: the file of an earlier start may still be there. */
    private boolean booted() {
        try {
            Instant written = Files.getLastModifiedTime(consoleLog()).toInstant();
            Instant started = ProcessHandle.of(qemu.pid())
                    .flatMap(process -> process.info().startInstant())
                    .orElse(Instant.MAX);
            return written.isAfter(started.minus(ROUNDING))
                    && Files.readString(consoleLog(), java.nio.charset.StandardCharsets.ISO_8859_1)
                            .contains(READY);
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts it, if it is off; {@link #awaitReady} tells when it works. */
    public void powerOn() {
        if (!qemu.alive()) {
            forgetConsole();
            qemu.start();
        }
    }

    private void forgetConsole() {
        try {
            Files.deleteIfExists(consoleLog());
        } catch (IOException e) {
            throw new LocalFailure("Cannot remove " + consoleLog() + ": " + e.getMessage() + ".", e);
        }
    }

    /** Until its libvirt answers. */
    public void awaitReady() {
        qemu.awaitReady(START_LIMIT);
    }

    public boolean powered() {
        return qemu.alive();
    }

    /** The process that it is; another one after each start and each reset. */
    public long process() {
        return qemu.pid();
    }

    /** Takes the power away at once; it stays off until {@link #powerOn}. */
    public void powerOff() {
        qemu.halt();
    }

    /** Pulls its only network cable: neither storage nor other hosts nor its agent reach it. */
    public void linkDown() {
        lab.network().linkDown(number);
    }

    public void linkUp() {
        lab.network().linkUp(number);
    }

    /** Stops the whole machine's clock, its watchdog's commands stay unanswered. */
    public void pause() {
        qemu.freeze();
    }

    public void resume() {
        qemu.thaw();
    }

    /** Whether the watchdog holds it still. */
    public boolean stoppedByWatchdog() {
        return watchdog.paused();
    }

    /** Runs a command of dom0's shell and comes back with its output; a failure when it fails or takes too long. */
    public String dom0(Duration limit, String command) {
        return Run.ok(limit, dom0Command(command));
    }

    /** What runs that command there, as a command of this machine. */
    public List<String> dom0Command(String command) {
        List<String> ssh = new ArrayList<>(lab.key().ssh(address()));
        ssh.add(command);
        return lab.namespace().exec(ssh);
    }

    /** A secure shell to its dom0 with these options, which dies with this launcher. */
    List<String> dom0Tunnel(String... options) {
        List<String> ssh = new ArrayList<>(lab.key().ssh(address()));
        ssh.addAll(List.of(options));
        return lab.namespace().execBound(ssh);
    }

    /** How a person on this machine gets a shell in its dom0. */
    String shellCommand() {
        return String.join(" ", lab.namespace().exec(lab.key().ssh(address())));
    }

    /** What its agent must know; the agent runs inside the namespace. */
    public Map<String, String> agentEnvironment() {
        return new TreeMap<>(Map.of(
                "LPM_HYPERVISOR",
                "xen+tcp://" + address() + "/system",
                "LPM_ADDRESS",
                address(),
                "LPM_DOM0",
                String.join(" ", lab.key().ssh(address())) + " /usr/sbin/lpm-dom0",
                "LPM_POOLS",
                "pool-us-east=" + lab.pool().outside(),
                "LPM_IMAGES",
                lab.image().linodeImages().toString(),
                "LPM_WATCHDOG",
                "unix:" + watchdog.socket(),
                "LPM_BRIDGE",
                "br0",
                "LPM_LINK_MIB_PER_SECOND",
                "12",
                "LPM_KERNELS",
                "/usr/lib/lpm/kernels"));
    }

    @Override
    public void close() {
        watchdog.close();
        qemu.close();
    }

    /** What the watchdog holds. */
    private final class Reins implements Watchdog.Host {
        private final Qmp control = new Qmp(arguments.control());

        @Override
        public String name() {
            return XenHost.this.name();
        }

        @Override
        public long process() {
            return qemu.alive() ? qemu.pid() : -1;
        }

        @Override
        public void stop() throws IOException {
            control.execute("stop");
        }

        @Override
        public void proceed() throws IOException {
            control.execute("cont");
        }

        @Override
        public void reset() {
            powerOff();
            powerOn();
        }
    }
}

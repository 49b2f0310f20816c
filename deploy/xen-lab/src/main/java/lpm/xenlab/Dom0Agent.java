package lpm.xenlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lpm.local.LocalFailure;
import lpm.local.Waiting;

/**
 * A host's agent where it is in production: inside dom0, installed by {@code deploy/host/install}, with a Java of its
 * own and Ceph's libraries. Only the broker is reached by a tunnel, since the lab's is on the loopback interface.
 */
public final class Dom0Agent implements AutoCloseable {
    private static final Duration PACK_LIMIT = Duration.ofMinutes(2);
    private static final Duration SEND_LIMIT = Duration.ofMinutes(5);
    private static final Duration DOM0_LIMIT = Duration.ofSeconds(30);

    private static final String MODULES = "java.base,java.logging,java.management,java.naming,java.security.jgss,"
            + "java.security.sasl,java.sql,java.xml,jdk.httpserver,jdk.unsupported,jdk.management";

    /** Ceph's libraries and all they need, but what every system has. */
    private static final String NATIVE = """
            set -eu
            mkdir -p "$1"
            for name in librbd.so.1 librados.so.2; do
              file="$(ldconfig -p | awk -v name="$name" '$1 == name { print $NF; exit }')"
              cp -L "$file" "$1/"
              ldd "$file" | awk '$2 == "=>" { print $3 }'
            done | sort -u | grep -Ev '/(libc|libm|libdl|libpthread|librt|libresolv)\\.so' |
              xargs cp -L -t "$1"
            """;

    /** As the unit starts it; there is no systemd in the lab's dom0. */
    private static final String START = """
            modprobe -r xen_wdt; modprobe xen_wdt; mkdir -p /var/lib/lpm-agent
            set -a; . /etc/lpm/host-agent.env; set +a
            LD_LIBRARY_PATH=/usr/lib/lpm/native setsid /usr/lib/lpm/java/bin/java -Xmx48m -XX:+UseSerialGC \
              -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -jar /usr/lib/lpm/host-agent/host-agent-1.0.jar \
              </dev/null >/var/log/lpm-host-agent.log 2>&1 &
            echo $!
            """;

    private final XenHost host;
    private final Process tunnel;
    private final String pid;

    private Dom0Agent(XenHost host, Process tunnel, String pid) {
        this.host = host;
        this.tunnel = tunnel;
        this.pid = pid;
    }

    /** Installs and starts it with an empty journal; the host's agent outside must have been stopped before. */
    public static Dom0Agent start(XenCloud cloud, XenHost host) {
        Path tree = cloud.lab().dataDir().of("dom0-agent");
        pack(cloud, host, tree);
        String sent = "tar -C " + tree + " -c . | " + host.shellCommand() + " tar -C / -x";
        Run.ok(SEND_LIMIT, List.of("sh", "-c", sent));
        Process tunnel = tunnel(host, cloud.platform().broker().bootstrap());
        try {
            return new Dom0Agent(host, tunnel, host.dom0(DOM0_LIMIT, START).strip());
        } catch (RuntimeException e) {
            tunnel.destroyForcibly();
            throw e;
        }
    }

    private static void pack(XenCloud cloud, XenHost host, Path tree) {
        Path home = cloud.lab().home();
        Path lpm = tree.resolve("usr/lib/lpm");
        Run.ok(
                PACK_LIMIT,
                List.of(
                        home.resolve("deploy/host/install").toString(),
                        "--root",
                        tree.toString(),
                        home.resolve("services/host-agent/target").toString()));
        if (!Files.exists(lpm.resolve("java"))) {
            Run.ok(
                    PACK_LIMIT,
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "jlink")
                                    .toString(),
                            "--add-modules",
                            MODULES,
                            "--strip-debug",
                            "--generate-cds-archive",
                            "--output",
                            lpm.resolve("java").toString()));
        }
        Run.ok(
                PACK_LIMIT,
                List.of("sh", "-c", NATIVE, "native", lpm.resolve("native").toString()));
        try {
            if (cloud.lab().pool() instanceof CephCluster ceph) {
                ceph(ceph.configuration(), tree.resolve("etc/ceph"));
            }
            Path images = Path.of(settings(host, "LPM_IMAGES"));
            copy(images.resolve("lab-busybox.raw"), tree.resolve("var/lib/lpm/images/lab-busybox.raw"));
            Path environment = tree.resolve("etc/lpm/host-agent.env");
            Files.writeString(environment, corrected(Files.readString(environment), changes(cloud, host)));
        } catch (IOException e) {
            throw new LocalFailure("Cannot pack the agent in " + tree + ": " + e.getMessage() + ".", e);
        }
    }

    /** The cluster's settings, with its key beside them. */
    private static void ceph(Path configuration, Path folder) throws IOException {
        Path key = folder.resolve("keyring");
        copy(configuration.resolveSibling("keyring"), key);
        String moved = Files.readString(configuration)
                .replaceFirst("(?m)^keyring = .*$", "keyring = /etc/ceph/" + key.getFileName());
        Files.writeString(folder.resolve("ceph.conf"), moved);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** What an operator would correct in the settings; the lab's libvirt speaks TCP, without certificates. */
    private static Map<String, String> changes(XenCloud cloud, XenHost host) {
        return Map.of(
                "LPM_HOST", host.name(),
                "LPM_ADDRESS", host.address(),
                "LPM_KAFKA", cloud.platform().broker().bootstrap(),
                "LPM_HYPERVISOR", "xen+tcp://127.0.0.1/system",
                "LPM_POOLS", "pool-us-east=" + cloud.lab().pool().inside(),
                "LPM_LINK_MIB_PER_SECOND", settings(host, "LPM_LINK_MIB_PER_SECOND"));
    }

    private static String settings(XenHost host, String name) {
        return host.agentEnvironment().getOrDefault(name, "");
    }

    private static String corrected(String settings, Map<String, String> changes) {
        return settings.lines()
                .map(line -> {
                    String name = line.replaceFirst("=.*", "");
                    return changes.containsKey(name) ? name + "=" + changes.get(name) : line;
                })
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The same address on both ends, so that the one that the broker tells is right there too. */
    private static Process tunnel(XenHost host, String broker) {
        try {
            return new ProcessBuilder(host.dom0Tunnel("-N", "-R", broker + ":" + broker))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new LocalFailure("Cannot tunnel the broker into dom0 of " + host.name() + ": " + e.getMessage(), e);
        }
    }

    /** Resident memory, in MiB. */
    public double residentMib() {
        String kib = host.dom0(DOM0_LIMIT, "sed -n 's/^VmRSS:[^0-9]*\\([0-9]*\\) kB/\\1/p' /proc/" + pid + "/status");
        return Double.parseDouble(kib.strip()) / 1024;
    }

    /** Share of dom0's one processor that it takes over that time, in percent. */
    public double cpuPercent(Duration over) {
        long begun = System.nanoTime();
        double before = cpuSeconds();
        Waiting.nap(over);
        return 100 * (cpuSeconds() - before) * 1e9 / (System.nanoTime() - begun);
    }

    private double cpuSeconds() {
        String ticks = host.dom0(DOM0_LIMIT, "awk '{ print $14 + $15 }' /proc/" + pid + "/stat");
        return Double.parseDouble(ticks.strip()) / 100;
    }

    /** What it wrote. */
    public String log() {
        return host.dom0(DOM0_LIMIT, "tail -20 /var/log/lpm-host-agent.log");
    }

    /** Its end as a crash; dom0's own watchdog resets the host then. */
    public void kill() {
        host.dom0(DOM0_LIMIT, "kill -KILL " + pid);
    }

    @Override
    public void close() {
        tunnel.destroyForcibly();
    }
}

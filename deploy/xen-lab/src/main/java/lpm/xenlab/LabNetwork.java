package lpm.xenlab;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lpm.local.LocalFailure;

/**
 * The lab's network: a bridge with a tap for each host. The outer side is the storage network's {@value #GATEWAY} and
 * the Linodes' gateway.
 */
public final class LabNetwork {
    /** The outer side's address in the hosts' network; Ceph's too. */
    public static final String GATEWAY = "192.168.77.254";
    /** The gateway of the addresses that Linodes get, with its prefix. */
    public static final String LINODE_GATEWAY = "198.18.0.1/17";

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String BRIDGE = "br0";

    private record Cut(int one, int other) {
        static Cut of(int a, int b) {
            return new Cut(Math.min(a, b), Math.max(a, b));
        }
    }

    private final Namespace namespace;
    private final Set<Cut> cuts =
            new TreeSet<>(java.util.Comparator.comparing(Cut::one).thenComparing(Cut::other));

    LabNetwork(Namespace namespace) {
        this.namespace = namespace;
    }

    /** The address of the n-th host, counted from 1. */
    static String address(int host) {
        return "192.168.77." + host;
    }

    static String tap(int host) {
        return "tap" + host;
    }

    /** Makes the bridge and the taps. */
    void start(int hosts) {
        namespace.create();
        removeOld();
        StringBuilder batch = new StringBuilder()
                .append("link set lo up\nlink add " + BRIDGE + " type bridge\n")
                .append("addr add " + GATEWAY + "/24 dev " + BRIDGE + "\n")
                .append("addr add " + LINODE_GATEWAY + " dev " + BRIDGE + "\nlink set " + BRIDGE + " up\n");
        for (int host = 1; host <= hosts; host++) {
            batch.append("tuntap add dev " + tap(host) + " mode tap\n")
                    .append("link set " + tap(host) + " master " + BRIDGE + " up\n");
        }
        Run.ok(LIMIT, namespace.exec("ip", "-batch", "-"), batch.toString());
    }

    /** What an earlier lab left: the launcher may run inside, so the namespace itself has to stay. */
    private void removeOld() {
        Run.ok(LIMIT, namespace.exec("ip", "-brief", "link"))
                .lines()
                .map(line -> line.split("[ @]", 2)[0])
                .filter(link -> link.equals(BRIDGE) || link.startsWith("tap"))
                .forEach(link -> Run.ok(LIMIT, namespace.exec("ip", "link", "del", link)));
    }

    void linkDown(int host) {
        link(host, "down");
    }

    void linkUp(int host) {
        link(host, "up");
    }

    private void link(int host, String state) {
        Run.ok(LIMIT, namespace.exec("ip", "link", "set", tap(host), state));
    }

    /** Nothing passes between these two hosts any more, in both directions; both still reach everybody else. */
    public synchronized void cut(int a, int b) {
        if (cuts.add(Cut.of(a, b))) {
            apply();
        }
    }

    public synchronized void heal(int a, int b) {
        if (cuts.remove(Cut.of(a, b))) {
            apply();
        }
    }

    /** Nothing is cut any more. */
    synchronized void healAll() {
        if (!cuts.isEmpty()) {
            cuts.clear();
            apply();
        }
    }

    private void apply() {
        Run.Result result = Run.result(LIMIT, namespace.exec("nft", "-f", "-"), rules());
        if (!result.ok()) {
            throw new LocalFailure("Expected to filter between taps by nftables' bridge family; found: "
                    + result.output().strip() + ". The kernel needs NF_TABLES_BRIDGE; linkDown works without it.");
        }
    }

    /** One transaction for nft: the old cuts give way to the present ones. */
    String rules() {
        return """
                add table bridge lab
                add chain bridge lab cuts { type filter hook forward priority 0; }
                flush chain bridge lab cuts
                """
                + cuts.stream()
                        .flatMap(cut -> List.of(drop(cut.one(), cut.other()), drop(cut.other(), cut.one())).stream())
                        .collect(Collectors.joining());
    }

    private static String drop(int from, int to) {
        return "add rule bridge lab cuts iifname " + tap(from) + " oifname " + tap(to) + " drop\n";
    }
}

package lpm.xenlab.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lpm.local.LocalFailure;
import lpm.local.Waiting;
import lpm.xenlab.CephCluster;
import lpm.xenlab.XenHost;

/** What a scenario leaves on hosts and storage, asked of Xen and Ceph themselves. */
final class Remains {
    private static final Duration DOM0 = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Stage stage;

    Remains(Stage stage) {
        this.stage = stage;
    }

    /** Each guest that runs is where the platform says, and nothing of it is anywhere else. */
    void mustBeOnlyWhatRuns() {
        List<String> wanted = new ArrayList<>();
        for (Guest guest : stage.made()) {
            if (!stage.calm(guest::status).equals("offline")) {
                wanted.add(guest.name() + " on " + guest.host());
            }
        }
        must("domains " + wanted, () -> hosts().flatMap(this::domains).sorted().toList(), sorted(wanted));
        must(
                "disks mapped where their Linodes run: " + wanted,
                () -> hosts().filter(host -> !mapped(host).isEmpty())
                        .map(XenHost::name)
                        .toList(),
                hosts().map(XenHost::name)
                        .filter(host -> wanted.stream().anyMatch(each -> each.endsWith(" on " + host)))
                        .toList());
        must("a lock of each running Linode and no other", () -> locks().size(), wanted.size());
    }

    /** After all Linodes were deleted. */
    void mustBeNothing() {
        must("no domain", () -> hosts().flatMap(this::domains).toList(), List.of());
        must(
                "no mapped disk",
                () -> hosts().flatMap(host -> mapped(host).stream()).toList(),
                List.of());
        must("no lock", this::locks, List.of());
        must("no image of a disk", this::images, List.of());
    }

    private Stream<XenHost> hosts() {
        return stage.lab().hosts().stream();
    }

    private static List<String> sorted(List<String> all) {
        return all.stream().sorted().toList();
    }

    private Stream<String> domains(XenHost host) {
        return host.dom0(DOM0, "lpm-xen list")
                .lines()
                .filter(line -> !line.startsWith(WatchLine.NOBODY))
                .map(line -> line.split(" ")[0] + " on " + host.name());
    }

    private static List<String> mapped(XenHost host) {
        return host.dom0(DOM0, "lpm-dom0 mapped")
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line + " on " + host.name())
                .toList();
    }

    private List<String> locks() {
        return stage.ceph()
                .ask("rados", "-p", CephCluster.POOL, "ls")
                .lines()
                .filter(name -> name.startsWith("lpm.lock."))
                .toList();
    }

    private List<String> images() {
        return Arrays.stream(stage.ceph().ask("rbd", "ls", CephCluster.POOL).split("\n"))
                .filter(name -> name.startsWith("disk-"))
                .toList();
    }

    /** Looked at again for a while: hosts tidy up beside what they are asked. */
    private static <T> void must(String expected, java.util.function.Supplier<T> look, T wanted) {
        Waiting.until(expected, LIMIT, PAUSE, () -> {
            try {
                T found = look.get();
                return found.equals(wanted) ? Waiting.Look.ready(true) : Waiting.Look.notYet(String.valueOf(found));
            } catch (LocalFailure e) {
                return Waiting.Look.notYet(e.sentence());
            }
        });
    }
}

package lpm.xenlab.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lpm.local.LocalFailure;
import lpm.local.Waiting;
import lpm.xenlab.LabPool;
import lpm.xenlab.XenHost;

/** What a scenario leaves on hosts and storage, asked of Xen and the pool themselves. */
final class Remains {
    private static final Duration DOM0 = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Stage stage;
    private final LabPool pool;

    Remains(Stage stage) {
        this.stage = stage;
        this.pool = stage.lab().pool();
    }

    /** Each guest that runs is where the platform says, and nothing of it is anywhere else. */
    void mustBeOnlyWhatRuns() {
        List<String> wanted = new ArrayList<>();
        for (Guest guest : stage.made()) {
            if (!stage.calm(guest::status).equals("offline")) {
                wanted.add(guest.name() + " on " + guest.host());
            }
        }
        must("domains and mapped disks of " + wanted + " only", this::held, sorted(wanted));
        must("a lock of each running Linode and no other", () -> pool.locks().size(), wanted.size());
    }

    /** After all Linodes were deleted. */
    void mustBeNothing() {
        must("no domain and no mapped disk", this::held, List.of());
        must(
                "no lock and no image of a disk",
                () -> Stream.concat(pool.locks().stream(), pool.disks().stream())
                        .toList(),
                List.of());
    }

    /** A Linode on a host, where it has its domain and as many disks are mapped as there are domains. */
    private List<String> held() {
        return stage.lab().hosts().stream().flatMap(Remains::held).sorted().toList();
    }

    /** One secure shell for all: under emulation it takes a second or more. */
    private static Stream<String> held(XenHost host) {
        List<String> lines =
                host.dom0(DOM0, "lpm-xen list && lpm-dom0 mapped").lines().toList();
        List<String> domains = lines.stream()
                .filter(line -> line.startsWith("linode-"))
                .map(line -> line.split(" ")[0] + " on " + host.name())
                .toList();
        List<String> mapped =
                lines.stream().filter(line -> line.contains(" /dev/")).toList();
        return mapped.size() == domains.size()
                ? domains.stream()
                : Stream.of(host.name() + ": domains " + domains + ", mapped " + mapped);
    }

    private static List<String> sorted(List<String> all) {
        return all.stream().sorted().toList();
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

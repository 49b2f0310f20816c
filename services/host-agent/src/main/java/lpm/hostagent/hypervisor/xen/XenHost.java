package lpm.hostagent.hypervisor.xen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.Resources;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.Telemetry.LinodeLoad;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.HostFacts;

/** What a Xen host is, and how busy it is. */
final class XenHost {
    /** What Xen keeps of a guest's memory size for itself, per guest, in MiB (page tables, grants, libxl's slack). */
    static final long GUEST_OVERHEAD_MIB = 8;

    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final double NANOS = 1e9;

    private final XenSettings settings;
    private final Dom0 dom0;
    private final XenProbe probe;
    private final Pace pace;
    private final DirtyRates dirty;
    private final Map<LinodeId, Busy> busy = new HashMap<>();
    private Optional<HostFacts> known = Optional.empty();
    private long knownIn;

    XenHost(XenSettings settings, Dom0 dom0, XenProbe probe, Pace pace, DirtyRates dirty) {
        this.settings = settings;
        this.dom0 = dom0;
        this.probe = probe;
        this.pace = pace;
        this.dirty = dirty;
    }

    /** A sample of a domain's CPU seconds, when they were read, and the use since the sample before. */
    private record Busy(double cpuSeconds, long atNanos, double cpu) {}

    /** Asks for the boot when dom0 may have started anew; the rest stays as it is as long as that is the same. */
    synchronized HostFacts facts() {
        HostFacts facts = known.filter(_ -> knownIn == dom0.talks()).orElseGet(this::askAnew);
        return new HostFacts(
                facts.bootId(),
                facts.capacity(),
                facts.pools(),
                facts.hypervisor(),
                facts.cpuModel(),
                facts.migrationUri(),
                pace.mibPerSecond(),
                pace.switchMillis());
    }

    private HostFacts askAnew() {
        String boot = dom0.ask(LIMIT, "boot-id").getFirst();
        HostFacts facts = known.filter(each -> each.bootId().equals(boot)).orElseGet(() -> look(boot));
        knownIn = dom0.talks();
        known = Optional.of(facts);
        return facts;
    }

    private HostFacts look(String boot) {
        Map<String, String> has = new HashMap<>();
        dom0.ask(LIMIT, "host").forEach(line -> {
            String[] words = line.split(" ", 2);
            has.put(words[0], words.length > 1 ? words[1].strip() : "");
        });
        long guests = probe.xl().stream()
                .filter(each -> DomainTag.linode(each.name()).isPresent())
                .mapToLong(each -> each.memoryMib() + GUEST_OVERHEAD_MIB)
                .sum();
        long room = Long.parseLong(has.getOrDefault("free_memory", "0")) + guests;
        return new HostFacts(
                boot,
                new Resources(Integer.parseInt(has.getOrDefault("nr_cpus", "1")), room + HostFacts.CONTROL_DOMAIN_MIB),
                settings.pools(),
                "Xen " + has.getOrDefault("xen_version", "unknown"),
                has.getOrDefault("cpu_model", "unknown"),
                settings.migrationUri(),
                pace.mibPerSecond(),
                pace.switchMillis());
    }

    synchronized long freeMemoryMib() {
        HostFacts facts = known.orElseGet(this::facts);
        long guests = probe.list().stream()
                .mapToLong(each -> each.memoryMib() + GUEST_OVERHEAD_MIB)
                .sum();
        return facts.capacity().memoryMib() - HostFacts.CONTROL_DOMAIN_MIB - guests;
    }

    /** CPU use since the last sample; the dirty rate is what the newest sample of the domain's memory showed. */
    synchronized List<LinodeLoad> loads() {
        List<LinodeLoad> loads = new ArrayList<>();
        List<Domain> all = probe.list();
        dirty.refresh(probe.guests());
        for (Domain each : all) {
            if (each.seen().state() == State.running) {
                LinodeId linode = each.seen().linode();
                loads.add(new LinodeLoad(linode, cpu(linode), dirty.of(linode)));
            }
        }
        return loads;
    }

    private double cpu(LinodeId linode) {
        Optional<XenProbe.CpuTime> now = probe.cpuTime(linode);
        if (now.isEmpty()) {
            return 0;
        }
        Busy before = busy.get(linode);
        XenProbe.CpuTime time = now.get();
        if (before != null && before.atNanos() == time.atNanos()) {
            return before.cpu();
        }
        double cpu = before == null || time.seconds() < before.cpuSeconds()
                ? 0
                : (time.seconds() - before.cpuSeconds()) * NANOS / (time.atNanos() - before.atNanos());
        busy.put(linode, new Busy(time.seconds(), time.atNanos(), cpu));
        return cpu;
    }
}

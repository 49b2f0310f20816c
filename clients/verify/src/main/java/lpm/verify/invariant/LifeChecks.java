package lpm.verify.invariant;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lpm.contracts.BootSpec;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.Nic;
import lpm.contracts.scheduler.AddressEvent.AddressAssigned;
import lpm.contracts.scheduler.AddressEvent.AddressReleased;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeBootRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeCreated;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceDetached;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceRefused;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoveRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeRebootRequested;
import lpm.contracts.scheduler.TenantEvent.LabelFreed;
import lpm.contracts.scheduler.TenantEvent.LabelTaken;
import lpm.verify.history.Entry;
import lpm.verify.history.History;
import lpm.verify.invariant.LinodeFold.Phase;
import org.jspecify.annotations.Nullable;

/** A Linode's life from its order to its end. */
final class LifeChecks {
    /** How long the work that follows an event may take; what is newer proves nothing yet. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    /** How long a job may show no progress before it counts as stuck. */
    private static final Duration STUCK = Duration.ofMinutes(30);

    private LifeChecks() {}

    /** I23: nothing happens to a Linode that its phase does not allow, and nothing at all after its end. */
    static void transitions(History history, Findings findings) {
        LinodeFold linodes = new LinodeFold();
        for (Entry each : history.stored("scheduler")) {
            if (each.data() instanceof LinodeEvent event) {
                Phase phase = linodes.of(event.linode()).phase();
                findings.expect(allowed(phase, event), each, "the Linode is " + phase);
            }
            linodes.see(each);
        }
    }

    private static boolean allowed(Phase phase, LinodeEvent event) {
        // storage waits for an answer about a volume, also where there is no Linode (any more)
        boolean answer = event instanceof LinodeDeviceRefused || event instanceof LinodeDeviceDetached;
        return switch (phase) {
            case unknown -> answer || event instanceof LinodeCreated;
            case deleted -> answer;
            case unplaced, lost, placed -> !(event instanceof LinodeCreated) && (phase == Phase.placed || loose(event));
        };
    }

    /** Whether it may happen to a Linode that is at no host. */
    private static boolean loose(LinodeEvent event) {
        return switch (event) {
            case LinodeEvent.Placing e -> !(e instanceof LinodeEvent.LinodeDisksReady);
            case LinodeEvent.Power _, LinodeEvent.Move _ -> false;
            case LinodeEvent.Change e -> e instanceof LinodeEvent.LinodeUpdated;
            case LinodeEvent.Device _ -> true;
            case LinodeEvent.Deletion e -> !(e instanceof LinodeEvent.LinodeDestroyRequested);
        };
    }

    /** I5: an accepted job of a Linode ends, and ends once. */
    static void jobs(History history, Findings findings) {
        Instant newest = history.newest();
        for (List<Entry> stream : history.streams("scheduler").values()) {
            if (stream.getFirst().data() instanceof LinodeEvent) {
                Map<Job, Entry> open = new EnumMap<>(Job.class);
                for (Entry each : stream) {
                    if (each.data() instanceof LinodeEvent event) {
                        job(findings, open, each, event);
                    }
                }
                boolean silent =
                        stream.getLast().message().occurredAt().plus(STUCK).isBefore(newest);
                open.values().forEach(each -> findings.expect(!silent, each, "nothing was heard of it for long"));
            }
        }
    }

    private static void job(Findings findings, Map<Job, Entry> open, Entry entry, LinodeEvent event) {
        for (Job job : Job.values()) {
            if (job.begins(event)) {
                open.put(job, entry);
            } else if (job.ends(event)) {
                findings.expect(open.remove(job) != null, entry, "no such job is open: " + job);
            }
        }
        if (Job.endsAll(event)) {
            open.clear();
        }
    }

    /** What is deleted leaves nothing behind: no capacity, address, label, disk or volume. */
    static void freed(History history, Findings findings) {
        Instant settled = history.newest().minus(SETTLED);
        Left left = Left.of(history);
        LinodeFold linodes = new LinodeFold();
        history.stored("scheduler").forEach(linodes::see);
        linodes.all().forEach((linode, one) -> one.deletion()
                .filter(each -> each.message().occurredAt().isBefore(settled))
                .ifPresent(each -> {
                    List<String> rest = left.of(linode);
                    findings.expect(rest.isEmpty(), each, "it still has " + rest);
                }));
    }

    /** What hangs on each Linode at the end of a history. */
    private record Left(Map<LinodeId, Set<String>> things) {
        static Left of(History history) {
            Left left = new Left(new HashMap<>());
            HostFold hosts = new HostFold();
            Set<HostId> known = new HashSet<>();
            for (Entry each : history.stored("scheduler")) {
                hosts.see(each);
                switch (each.data()) {
                    case HostRegistered e -> known.add(e.host());
                    case AddressAssigned e -> left.things(e.linode()).add(e.address());
                    case AddressReleased e -> left.things(e.linode()).remove(e.address());
                    case LabelTaken e -> left.things(e.linode()).add("a label");
                    case LabelFreed e -> left.things(e.linode()).remove("a label");
                    default -> {
                        // hangs on no Linode
                    }
                }
            }
            known.forEach(host -> hosts.of(host).held().keySet().forEach(linode -> left.things(linode)
                    .add("room on host " + host)));
            BytesChecks.left(history)
                    .forEach((linode, disks) ->
                            disks.forEach(disk -> left.things(linode).add("disk " + disk)));
            BytesChecks.attached(history)
                    .forEach((volume, linode) -> left.things(linode).add("volume " + volume));
            return left;
        }

        private Set<String> things(LinodeId linode) {
            return things.computeIfAbsent(linode, _ -> new HashSet<>());
        }

        private List<String> of(LinodeId linode) {
            return things(linode).stream().sorted().toList();
        }
    }

    /** I34: whatever host starts a Linode, it has the network card it was made with. */
    static void identity(History history, Findings findings) {
        Map<LinodeId, String> macs = new HashMap<>();
        for (Entry each : history.stored("scheduler")) {
            switch (each.data()) {
                case LinodeCreated e -> macs.put(e.linode(), e.mac());
                case LinodeBootRequested e -> same(findings, each, macs.get(e.linode()), e.spec());
                case LinodeRebootRequested e -> same(findings, each, macs.get(e.linode()), e.spec());
                case LinodeMoveRequested e -> same(findings, each, macs.get(e.linode()), e.spec());
                default -> {
                    // carries no boot spec
                }
            }
        }
    }

    private static void same(Findings findings, Entry at, @Nullable String mac, BootSpec spec) {
        Optional<String> found = spec.nics().stream().findFirst().map(Nic::mac);
        findings.expect(
                found.equals(Optional.ofNullable(mac)), at, "its card is " + found.orElse("none") + ", not " + mac);
    }
}

package lpm.verify.invariant;

import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.Resources;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.CapacityReleased;
import lpm.contracts.scheduler.HostEvent.CapacityReserved;
import lpm.contracts.scheduler.HostEvent.CapacityResized;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoveRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodePlaced;
import lpm.contracts.scheduler.LinodeEvent.LinodeRecoveryPlaced;
import lpm.contracts.scheduler.LinodeEvent.LinodeReplaced;
import lpm.verify.history.Entry;
import lpm.verify.history.History;

/** What may be held on hosts, and what must be. */
final class CapacityChecks {
    /** The promise to customers: memory is theirs alone but for the control domain's part, a CPU is shared by few. */
    private static final long CONTROL_DOMAIN_MIB = 1024;

    private static final int VCPUS_PER_CPU = 8;

    private CapacityChecks() {}

    /** I14: at no moment more is held on a host than it has. */
    static void oversold(History history, Findings findings) {
        HostFold hosts = new HostFold();
        for (Entry each : history.stored("scheduler")) {
            if (each.data() instanceof HostEvent event) {
                hosts.see(each);
                if (event instanceof CapacityReserved
                        || (event instanceof CapacityResized resized && isMore(resized))) {
                    fits(findings, each, hosts.of(event.host()));
                }
            }
        }
    }

    private static boolean isMore(CapacityResized event) {
        return event.to().memoryMib() > event.from().memoryMib()
                || event.to().vcpus() > event.from().vcpus();
    }

    private static void fits(Findings findings, Entry at, HostFold.One host) {
        Resources sum = host.sum();
        long memoryMib = host.capacity().memoryMib() - CONTROL_DOMAIN_MIB;
        int vcpus = host.capacity().vcpus() * VCPUS_PER_CPU;
        findings.expect(
                sum.memoryMib() <= memoryMib && sum.vcpus() <= vcpus,
                at,
                sum.memoryMib() + " MiB and " + sum.vcpus() + " vCPUs are held, of " + memoryMib + " MiB and " + vcpus);
    }

    /** I15: what is reserved is reserved once, and released once as what it was. */
    static void released(History history, Findings findings) {
        HostFold hosts = new HostFold();
        for (Entry each : history.stored("scheduler")) {
            if (!(each.data() instanceof HostEvent event)) {
                continue;
            }
            switch (event) {
                case CapacityReserved e ->
                    findings.expect(!hosts.holds(e.host(), e.linode()), each, "it is held there already");
                case CapacityResized e -> held(findings, each, hosts, e.linode(), e.from());
                case CapacityReleased e -> held(findings, each, hosts, e.linode(), e.resources());
                default -> {
                    // holds nothing and frees nothing
                }
            }
            hosts.see(each);
        }
    }

    private static void held(Findings findings, Entry at, HostFold hosts, LinodeId linode, Resources expected) {
        HostEvent event = (HostEvent) at.data();
        Resources found = hosts.of(event.host()).held().get(linode);
        findings.expect(expected.equals(found), at, "what is held there for Linode " + linode + " is " + found);
    }

    /** I16: whoever is placed holds capacity there; while a move is open both hosts hold it. */
    static void placedHolds(History history, Findings findings) {
        HostFold hosts = new HostFold();
        LinodeFold linodes = new LinodeFold();
        for (Entry each : history.stored("scheduler")) {
            switch (each.data()) {
                case LinodePlaced e -> holds(findings, each, hosts, e.at(), e.linode());
                case LinodeRecoveryPlaced e -> holds(findings, each, hosts, e.at(), e.linode());
                case LinodeReplaced e -> holds(findings, each, hosts, e.target(), e.linode());
                case LinodeMoveRequested e -> {
                    holds(findings, each, hosts, e.source(), e.linode());
                    holds(findings, each, hosts, e.target(), e.linode());
                }
                case CapacityReleased e -> {
                    Optional<String> needed = linodes.of(e.linode()).needs(e.host());
                    findings.expect(needed.isEmpty(), each, "it is needed there: " + needed.orElse(""));
                }
                default -> {
                    // neither placed nor released
                }
            }
            hosts.see(each);
            linodes.see(each);
        }
    }

    private static void holds(Findings findings, Entry at, HostFold hosts, HostRef host, LinodeId linode) {
        findings.expect(hosts.holds(host.host(), linode), at, "nothing is held for it on host " + host.host());
    }
}

package lpm.verify.invariant;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.migration.MigrationEvent.MigrationLost;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.contracts.scheduler.LinodeEvent.LinodeLost;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoveRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodePlaced;
import lpm.contracts.scheduler.LinodeEvent.LinodeReplaced;
import lpm.contracts.storage.FenceEvent.FenceConfirmed;
import lpm.verify.history.Entry;
import lpm.verify.history.History;

/** Who may run a Linode, and who is believed about it. */
final class OwnerChecks {
    private OwnerChecks() {}

    /** Owner epochs are issued by the Linode alone, each once and each higher than all before. */
    static void epochs(History history, Findings findings) {
        LinodeFold linodes = new LinodeFold();
        for (Entry each : history.stored("scheduler")) {
            switch (each.data()) {
                case LinodePlaced e -> placed(findings, each, linodes.of(e.linode()), e.ownerEpoch());
                case LinodeReplaced e -> issued(findings, each, linodes.of(e.linode()), e.ownerEpoch());
                case LinodeLost e -> issued(findings, each, linodes.of(e.linode()), e.ownerEpoch());
                case LinodeMoveRequested e -> {
                    LinodeFold.One it = linodes.of(e.linode());
                    issued(findings, each, it, e.nextEpoch());
                    findings.expect(
                            it.hostOf(e.ownerEpoch())
                                    .equals(Optional.of(e.source().host())),
                            each,
                            "epoch " + e.ownerEpoch() + " is not that of its source");
                }
                default -> {
                    // issues none
                }
            }
            linodes.see(each);
        }
    }

    private static void issued(Findings findings, Entry at, LinodeFold.One it, long epoch) {
        findings.expect(
                epoch > it.highest(), at, "epoch " + epoch + " is not above " + it.highest() + ", issued before");
    }

    /** A recovered Linode that had no disks yet is placed under the epoch its loss gave it. */
    private static void placed(Findings findings, Entry at, LinodeFold.One it, long epoch) {
        boolean recovered = it.phase() == LinodeFold.Phase.placed && epoch == it.highest();
        if (!recovered) {
            issued(findings, at, it, epoch);
        }
    }

    /** I12: an order names an owner epoch that was given to its host, and a registration that was. */
    static void orders(History history, Findings findings) {
        LinodeFold linodes = new LinodeFold();
        Set<HostRef> registered = new HashSet<>();
        for (Entry each : history.stored("scheduler")) {
            linodes.see(each);
            if (each.data() instanceof HostRegistered e) {
                registered.add(new HostRef(e.host(), e.hostEpoch()));
            }
        }
        for (Entry each : history.records()) {
            if (each.data() instanceof HostCommand order && !history.isLaidAside(each.place())) {
                findings.expect(
                        registered.contains(order.at()), each, order.at() + " was never registered by the scheduler");
                owned(findings, each, order, linodes);
            }
            if (each.data() instanceof HostReport report) {
                ran(findings, each, report, linodes);
            }
        }
    }

    private static void owned(Findings findings, Entry at, HostCommand order, LinodeFold linodes) {
        HostId host = order.at().host();
        switch (order) {
            case HostCommand.BootLinode e -> given(findings, at, linodes, e.linode(), e.ownerEpoch(), host);
            case HostCommand.ShutdownLinode e -> given(findings, at, linodes, e.linode(), e.ownerEpoch(), host);
            case HostCommand.RebootLinode e -> given(findings, at, linodes, e.linode(), e.ownerEpoch(), host);
            case HostCommand.DestroyLinode e -> given(findings, at, linodes, e.linode(), e.ownerEpoch(), host);
            case HostCommand.AttachDevice e -> given(findings, at, linodes, e.linode(), e.ownerEpoch(), host);
            case HostCommand.DetachDevice e -> given(findings, at, linodes, e.linode(), e.ownerEpoch(), host);
            case HostCommand.SendLinode e -> given(findings, at, linodes, e.linode(), e.ownerEpoch(), host);
            case HostCommand.ResumeLinode e -> given(findings, at, linodes, e.linode(), e.ownerEpoch(), host);
            case HostCommand.EnsureRunning e -> given(findings, at, linodes, e.linode(), e.ownerEpoch(), host);
            case HostCommand.PrepareIncoming e -> given(findings, at, linodes, e.linode(), e.nextEpoch(), host);
            default -> {
                // starts, stops and changes no domain
            }
        }
    }

    private static void ran(Findings findings, Entry at, HostReport report, LinodeFold linodes) {
        HostId host = report.by().host();
        switch (report) {
            case HostReport.LinodeBootObserved e -> given(findings, at, linodes, e.linode(), e.ownerEpoch(), host);
            case HostReport.LinodeRebootObserved e -> given(findings, at, linodes, e.linode(), e.ownerEpoch(), host);
            case HostReport.LinodeResumed e -> given(findings, at, linodes, e.linode(), e.ownerEpoch(), host);
            default -> {
                // tells of no start
            }
        }
    }

    private static void given(
            Findings findings, Entry at, LinodeFold linodes, LinodeId linode, long epoch, HostId host) {
        Optional<HostId> owner = linodes.of(linode).hostOf(epoch);
        findings.expect(
                owner.equals(Optional.of(host)),
                at,
                "owner epoch " + epoch + " was given to "
                        + owner.map(HostId::value).orElse("nobody"));
    }

    /** I13: once a registration is over, nothing that was reported under it changes a Linode. */
    static void stale(History history, Findings findings) {
        HostFold hosts = new HostFold();
        for (Entry each : history.stored("scheduler")) {
            Optional<HostReport> believed = history.causeOf(each)
                    .map(Entry::data)
                    .filter(HostReport.class::isInstance)
                    .map(HostReport.class::cast);
            if (believed.isPresent() && !(each.data() instanceof HostEvent)) {
                HostRef by = believed.get().by();
                findings.expect(
                        !hosts.isOver(by),
                        each,
                        "it believes a report of " + by.host() + " under epoch " + by.hostEpoch() + ", which is over");
            }
            hosts.see(each);
        }
    }

    /** I18: a Linode is given up on a host only when that host is out, and never while a move is open. */
    static void recovery(History history, Findings findings) {
        HostFold hosts = new HostFold();
        LinodeFold linodes = new LinodeFold();
        for (Entry each : history.stored("scheduler")) {
            if (each.data() instanceof LinodeLost e) {
                LinodeFold.One it = linodes.of(e.linode());
                findings.expect(it.move().isEmpty(), each, "a migration of it is open");
                boolean again = it.phase() == LinodeFold.Phase.lost;
                findings.expect(
                        again || hosts.isOver(e.lostAt()) || afterLostMove(history, each),
                        each,
                        "nothing says that " + e.lostAt() + " is out");
            }
            if (each.data() instanceof HostFenced e) {
                findings.expect(confirmed(history, each, e.fenced()), each, "storage did not confirm the fence");
            }
            hosts.see(each);
            linodes.see(each);
        }
    }

    private static boolean afterLostMove(History history, Entry lost) {
        return history.causeOf(lost)
                .filter(cause -> cause.data() instanceof MigrationLost)
                .isPresent();
    }

    private static boolean confirmed(History history, Entry event, HostRef fenced) {
        return history.causeOf(event)
                .filter(cause ->
                        cause.data() instanceof FenceConfirmed it && it.fenced().equals(fenced))
                .isPresent();
    }
}

package lpm.hostagent.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.hypervisor.SendOutcome;
import lpm.hostagent.journal.Entry;
import lpm.hostagent.journal.Journal;
import lpm.hostagent.journal.LinodeMemory;
import lpm.hostagent.report.Reports;
import lpm.hostagent.steps.Machine;
import lpm.hostagent.steps.OpenSends;

/** Notices what happens without an order: guests that stop, copies that arrive, sends that end. */
public final class DomainWatch {
    /** Time between two looks at all domains. */
    public static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Machine machine;
    private final Journal journal;
    private final Reports reports;
    private final Intake intake;
    private final OpenSends sends;
    private final InstantSource clock;
    private Instant nextLook = Instant.MIN;
    private boolean seeing = true;

    public DomainWatch(
            Machine machine, Journal journal, Reports reports, Intake intake, OpenSends sends, InstantSource clock) {
        this.machine = machine;
        this.journal = journal;
        this.reports = reports;
        this.intake = intake;
        this.sends = sends;
        this.clock = clock;
    }

    /**
     * Reports what is new. Nothing is said before this incarnation is registered.
     *
     * @return whether the hypervisor answered the newest look
     */
    public boolean tick() {
        if (journal.state().hostEpoch() == 0) {
            return true;
        }
        journal.state().linodes().stream()
                .filter(each -> !intake.isBusy(each.linode()))
                .forEach(this::answered);
        Instant now = clock.instant();
        boolean failed = journal.state().linodes().stream().anyMatch(each -> each.sending()
                .flatMap(sends::call)
                .filter(CompletableFuture::isDone)
                .isPresent());
        if (!failed && now.isBefore(nextLook)) {
            return seeing;
        }
        nextLook = now.plus(LOOK_EVERY);
        seeing = false;
        Map<LinodeId, Domain> seen = new HashMap<>();
        machine.hypervisor().list().forEach(each -> seen.put(each.seen().linode(), each));
        seeing = true;
        for (LinodeMemory memory : journal.state().linodes()) {
            if (!memory.isTombstone() && !intake.isBusy(memory.linode())) {
                look(memory, seen.getOrDefault(memory.linode(), Domain.absent(memory.linode())));
            }
        }
        return seeing;
    }

    /** Whether a send is open: its answer is part of the guest's pause, so it pays to look again soon. */
    public boolean awaitsSend() {
        return journal.state().linodes().stream()
                .anyMatch(each -> each.sending().isPresent());
    }

    private void look(LinodeMemory memory, Domain domain) {
        if (memory.sending().isPresent()) {
            sent(memory, memory.sending().get(), domain.seen());
        } else if (memory.runs()) {
            stopped(memory, domain);
        } else if (memory.incoming().isPresent() && !memory.received()) {
            received(memory, memory.incoming().get(), domain.seen());
        }
    }

    /** The call's own answer is told without a look: the guest stands still until it is heard. */
    private void answered(LinodeMemory memory) {
        memory.sending()
                .filter(migration -> sends.call(migration)
                        .filter(call -> call.isDone() && !call.isCompletedExceptionally())
                        .isPresent())
                .ifPresent(migration -> {
                    SendOutcome outcome = sends.call(migration).orElseThrow().join();
                    sends.close(migration);
                    report(memory, outcome(migration, memory.linode(), outcome), List.of());
                });
    }

    /** When the call's answer will never come to this process: what is seen once no job is open. */
    private void sent(LinodeMemory memory, MigrationId migration, DomainSeen seen) {
        Optional<CompletableFuture<SendOutcome>> call = sends.call(migration);
        if (call.isPresent() && !call.get().isCompletedExceptionally()) {
            return;
        }
        sends.close(migration);
        if (!seen.jobRunning()) {
            String reason = call.map(CompletableFuture::exceptionNow)
                    .filter(PortRefusal.class::isInstance)
                    .map(Throwable::getMessage)
                    .orElse("the answer of the call was lost");
            lost(memory, migration, seen, reason);
        }
    }

    private HostReport outcome(MigrationId migration, LinodeId linode, SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Released it ->
                new HostReport.SourceReleased(reports.self(), migration, linode, it.pauseMillis());
            case SendOutcome.Failed it ->
                new HostReport.SendFailed(reports.self(), migration, linode, it.seen(), it.reason());
        };
    }

    /** Absence is not the call's word: it is described, and whoever decides has the inventory to go by. */
    private void lost(LinodeMemory memory, MigrationId migration, DomainSeen seen, String reason) {
        if (seen.state() == State.absent) {
            LinodeMemory after = memory.perhapsReleased(migration).from(memory.origin(), clock.instant());
            HostReport described = new HostReport.LinodeDescribed(reports.self(), Optional.of(migration), seen);
            report(memory, described, List.of(new Entry.Remembered(after)));
        } else {
            report(
                    memory,
                    new HostReport.SendFailed(reports.self(), migration, memory.linode(), seen, reason),
                    List.of());
        }
    }

    private void stopped(LinodeMemory memory, Domain domain) {
        State state = domain.seen().state();
        if (state != State.off && state != State.absent) {
            return;
        }
        try {
            machine.disks().releaseAllLocks(memory.linode(), memory.ownerEpoch());
        } catch (PortUnreachable | PortRefusal nobody) {
            // Without the pool nothing can be started elsewhere either: said when the locks are given up.
            return;
        }
        Cause cause = domain.stopped().orElse(Cause.crash);
        report(
                memory,
                new HostReport.LinodeStopObserved(reports.self(), memory.linode(), memory.ownerEpoch(), cause),
                List.of());
    }

    private void received(LinodeMemory memory, MigrationId migration, DomainSeen seen) {
        boolean complete = seen.state() == State.paused
                && !seen.jobRunning()
                && seen.migration().equals(Optional.of(migration));
        if (complete) {
            report(memory, new HostReport.LinodeReceived(reports.self(), migration, memory.linode()), List.of());
        }
    }

    private void report(LinodeMemory memory, HostReport fact, List<Entry> notes) {
        reports.commit(memory.origin(), new ArrayList<>(List.of(fact)), notes);
    }
}

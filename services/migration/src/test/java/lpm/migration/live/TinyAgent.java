package lpm.migration.live;

import java.util.Optional;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostCommand.BootLinode;
import lpm.contracts.host.HostCommand.CancelIncoming;
import lpm.contracts.host.HostCommand.CancelSend;
import lpm.contracts.host.HostCommand.DescribeLinode;
import lpm.contracts.host.HostCommand.EnsureRunning;
import lpm.contracts.host.HostCommand.PrepareIncoming;
import lpm.contracts.host.HostCommand.ResumeLinode;
import lpm.contracts.host.HostCommand.SendLinode;
import lpm.contracts.host.HostCommand.ShutdownLinode;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.CommandRefused;
import lpm.contracts.host.HostReport.IncomingCancelled;
import lpm.contracts.host.HostReport.IncomingReady;
import lpm.contracts.host.HostReport.IncomingRefused;
import lpm.contracts.host.HostReport.LinodeBootFailed;
import lpm.contracts.host.HostReport.LinodeBootObserved;
import lpm.contracts.host.HostReport.LinodeDescribed;
import lpm.contracts.host.HostReport.LinodeResumed;
import lpm.contracts.host.HostReport.LinodeStopObserved;
import lpm.contracts.host.HostReport.SendFailed;
import lpm.contracts.host.HostReport.SendStarted;

/** What an agent does with the next order of its topic. */
final class TinyAgent {
    private final TinyCloud cloud;
    private final TinyHypervisor hypervisor;
    private final TinyHost host;

    TinyAgent(TinyCloud cloud, TinyHypervisor hypervisor, TinyHost host) {
        this.cloud = cloud;
        this.hypervisor = hypervisor;
        this.host = host;
    }

    /** Takes the next order. {@code fault}: it may be delivered again later, or be journalled and then forgotten. */
    void take(boolean mayRepeat, boolean mayForget) {
        TinyHost.Order order = host.orders.remove();
        if (mayRepeat) {
            host.orders.add(order);
        }
        HostCommand command = order.command();
        cloud.note(host.ref + " takes " + command);
        if (!command.at().equals(host.ref)) {
            refuse(command, "stale registration");
        } else if (order.number() > host.journalNumber) {
            host.journalNumber = order.number();
            // Orders the decider never repeats are acted on before they are journalled, so they cannot be forgotten.
            boolean repeated = !(command instanceof EnsureRunning || command instanceof CancelIncoming);
            if (!(mayForget && repeated)) {
                act(command);
            }
        }
    }

    private void act(HostCommand command) {
        switch (command) {
            case PrepareIncoming order -> prepare(order);
            case SendLinode order -> sendLinode(order);
            case ResumeLinode order -> resume(order);
            case CancelIncoming order -> cancelIncoming(order);
            case CancelSend order -> cancelSend(order);
            case EnsureRunning order -> ensureRunning(order);
            case DescribeLinode order -> describe(order.migration());
            case ShutdownLinode order -> shutDown(order);
            case BootLinode order -> boot(order);
            default -> throw new IllegalStateException("not expected: " + command);
        }
    }

    private boolean stale(HostCommand command, long epoch) {
        if (epoch < host.journalEpoch) {
            refuse(command, "stale owner epoch");
            return true;
        }
        host.journalEpoch = epoch;
        return false;
    }

    private void refuse(HostCommand command, String reason) {
        report(new CommandRefused(
                host.ref, "host." + command.getClass().getSimpleName(), command.aggregateId(), reason));
    }

    private void prepare(PrepareIncoming order) {
        boolean able = host.domain == TinyHost.Domain.NONE && cloud.random.nextInt(20) > 0;
        host.prepared = able;
        report(
                able
                        ? new IncomingReady(host.ref, order.migration(), order.linode(), Some.URI)
                        : new IncomingRefused(host.ref, order.migration(), order.linode(), "no room"));
    }

    private void sendLinode(SendLinode order) {
        if (stale(order, order.ownerEpoch())) {
            return;
        }
        if (hypervisor.start(host, cloud.other(host))) {
            report(new SendStarted(host.ref, order.migration(), order.linode(), 100, Optional.empty()));
        } else {
            report(new SendFailed(
                    host.ref, order.migration(), order.linode(), host.seen(hypervisor.busy(host)), "cannot send"));
        }
    }

    private void resume(ResumeLinode order) {
        if (stale(order, order.ownerEpoch())) {
            return;
        }
        if (host.domain == TinyHost.Domain.PAUSED && host.domainOfMove && !hypervisor.receiving(host)) {
            host.run(order.ownerEpoch(), true);
        }
        if (host.domain == TinyHost.Domain.RUNNING && host.domainEpoch == order.ownerEpoch()) {
            report(new LinodeResumed(host.ref, order.migration(), order.linode(), order.ownerEpoch(), 200));
        } else if (cloud.random.nextBoolean()) {
            refuse(order, "no copy to resume");
        } else {
            describe(Optional.of(order.migration()));
        }
    }

    private void cancelIncoming(CancelIncoming order) {
        boolean copy = host.domain == TinyHost.Domain.PAUSED || host.domain == TinyHost.Domain.INCOMPLETE;
        if (copy && !hypervisor.receiving(host)) {
            host.clear();
        }
        host.prepared = false;
        report(new IncomingCancelled(host.ref, order.migration(), order.linode()));
    }

    private void cancelSend(CancelSend order) {
        if (!hypervisor.cancel(host)) {
            report(new SendFailed(
                    host.ref, order.migration(), order.linode(), host.seen(hypervisor.busy(host)), "cancelled"));
        }
    }

    private void ensureRunning(EnsureRunning order) {
        if (host.domain == TinyHost.Domain.SUSPENDED && !hypervisor.busy(host)) {
            host.run(order.ownerEpoch(), false);
        }
        describe(Optional.of(order.migration()));
    }

    void describe(Optional<lpm.contracts.MigrationId> migration) {
        report(new LinodeDescribed(host.ref, migration, host.seen(hypervisor.busy(host))));
    }

    private void shutDown(ShutdownLinode order) {
        if (!stale(order, order.ownerEpoch())) {
            host.clear();
            report(new LinodeStopObserved(
                    host.ref, order.linode(), order.ownerEpoch(), LinodeStopObserved.Cause.requested));
        }
    }

    private void boot(BootLinode order) {
        if (stale(order, order.ownerEpoch())) {
            return;
        }
        if (host.domain != TinyHost.Domain.RUNNING && cloud.random.nextInt(4) == 0) {
            report(new LinodeBootFailed(host.ref, order.linode(), order.ownerEpoch(), 1, "out of memory"));
        } else {
            host.run(order.ownerEpoch(), true);
            report(new LinodeBootObserved(host.ref, order.linode(), order.ownerEpoch(), 1));
        }
    }

    private void report(HostReport fact) {
        cloud.report(host, fact);
    }
}

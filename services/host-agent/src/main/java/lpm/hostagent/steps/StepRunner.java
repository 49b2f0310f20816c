package lpm.hostagent.steps;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.LeaseFresh;
import lpm.contracts.host.HostReport.LeaseRevoked;
import lpm.contracts.host.RootAccess;
import lpm.contracts.host.Telemetry.LinodeLoad;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.DomainSpec;
import lpm.hostagent.hypervisor.HostFacts;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.IncomingOrder;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.hypervisor.PreCopy;
import lpm.hostagent.hypervisor.SendOrder;
import lpm.hostagent.journal.Entry;
import lpm.hostagent.journal.Journal;
import lpm.hostagent.journal.LinodeMemory;
import lpm.hostagent.lease.HostLease;
import lpm.hostagent.lease.PoolLease.Revocation;
import lpm.hostagent.probe.PauseWatch;
import lpm.hostagent.report.Reports;
import lpm.hostagent.secrets.HostKey;

/** Takes one step at the hypervisor or the pool and says which facts it has made true. */
public final class StepRunner {
    private static final String NO_LEASE = "the host's lease is not fresh";

    private final Machine machine;
    private final HostLease lease;
    private final OpenSends sends;
    private final PauseWatch pauses;
    private final Journal journal;
    private final Reports reports;
    private final HostKey key;
    private final InstantSource clock;

    public StepRunner(
            Machine machine,
            HostLease lease,
            OpenSends sends,
            PauseWatch pauses,
            Journal journal,
            Reports reports,
            HostKey key,
            InstantSource clock) {
        this.machine = machine;
        this.lease = lease;
        this.sends = sends;
        this.pauses = pauses;
        this.journal = journal;
        this.reports = reports;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Begins a step; what it came to is known when it is done. Calls that may last are made where the machine says;
     * journal and reports are touched by the calling thread only. Throws, or fails, with a refusal or because nobody
     * answered.
     */
    CompletableFuture<Taken> take(Step step) {
        Hypervisor hypervisor = machine.hypervisor();
        DiskStore disks = machine.disks();
        return switch (step) {
            case Step.CreateDisk it -> createDisk(it);
            case Step.CreateVolume it -> later(disks.createVolume(it.device(), it.cloneOf()));
            case Step.Resize it -> later(disks.resize(it.device(), it.newSizeMib()));
            case Step.Delete it -> later(disks.delete(it.device()));
            case Step.Connect it -> act(() -> disks.connect(it.devices()));
            case Step.ConnectCopy it -> connectCopy(it);
            case Step.Disconnect it -> act(() -> disks.disconnect(it.devices()));
            case Step.TakeLocks it -> act(() -> disks.takeLocks(it.linode(), it.ownerEpoch(), it.devices()));
            case Step.ReleaseLocks it -> act(() -> disks.releaseLocks(it.linode(), it.ownerEpoch(), it.devices()));
            case Step.ReleaseAllLocks it -> act(() -> disks.releaseAllLocks(it.linode(), it.ownerEpoch()));
            case Step.Revoke it -> revoke(it);
            case Step.Start it -> start(it);
            case Step.Shutdown it -> later(hypervisor.shutdown(it.linode(), it.graceMillis()));
            case Step.Destroy it -> act(() -> hypervisor.destroy(it.linode()));
            case Step.Attach it -> act(() -> hypervisor.attach(it.linode(), it.device()));
            case Step.Detach it -> act(() -> hypervisor.detach(it.linode(), it.device()));
            case Step.KeepSecret it -> keep(it);
            case Step.AwaitIncoming it -> await(it);
            case Step.CancelIncoming it -> cancelIncoming(it);
            case Step.Send it -> weigh(it);
            case Step.CallSend it -> send(it.send(), it.predicted());
            case Step.CancelSend it -> act(() -> hypervisor.cancelSend(it.linode(), it.migration()));
            case Step.Resume it -> resume(it);
            case Step.Wake it -> wake(it);
            case Step.Tell it -> CompletableFuture.completedFuture(Taken.saying(it.fact()));
            case Step.Describe it -> describe(it);
            case Step.Inventory _ -> inventory();
        };
    }

    private CompletableFuture<Taken> describe(Step.Describe it) {
        HostRef self = reports.self();
        return fact(() -> new HostReport.LinodeDescribed(
                self, it.migration(), machine.hypervisor().describe(it.linode()).seen()));
    }

    private CompletableFuture<Taken> inventory() {
        HostRef self = reports.self();
        String incarnation = journal.state().incarnation().orElse("");
        return fact(() -> new HostReport.InventoryReported(
                self,
                incarnation,
                true,
                machine.hypervisor().list().stream().map(Domain::seen).toList()));
    }

    private CompletableFuture<Taken> connectCopy(Step.ConnectCopy it) {
        LinodeMemory memory = journal.state().linode(it.linode()).connecting(it.migration(), it.devices());
        journal.append(clock.instant(), List.of(new Entry.Remembered(memory.from(memory.origin(), clock.instant()))));
        return act(() -> machine.disks().connect(it.devices()));
    }

    private CompletableFuture<Taken> start(Step.Start it) {
        needsLease();
        return later(
                machine.hypervisor().start(new DomainSpec(it.linode(), it.ownerEpoch(), it.startedBy(), it.spec())));
    }

    private CompletableFuture<Taken> revoke(Step.Revoke it) {
        HostRef self = reports.self();
        return fact(() -> {
            Revocation answer = machine.lease().revoke(it.pool(), it.host(), it.minUnrenewedMillis());
            return answer.revoked()
                    ? new LeaseRevoked(self, it.pool(), it.host(), answer.unrenewedForMillis())
                    : new LeaseFresh(self, it.pool(), it.host(), answer.unrenewedForMillis());
        });
    }

    private CompletableFuture<Taken> await(Step.AwaitIncoming it) {
        HostRef self = reports.self();
        IncomingOrder order = new IncomingOrder(it.migration(), it.linode(), it.nextEpoch(), it.spec());
        return fact(() -> {
            String uri = machine.hypervisor().prepareIncoming(order);
            pauses.begin(order);
            return new HostReport.IncomingReady(self, it.migration(), it.linode(), uri);
        });
    }

    private CompletableFuture<Taken> cancelIncoming(Step.CancelIncoming it) {
        return act(() -> {
            pauses.end(it.migration());
            machine.hypervisor().cancelIncoming(it.linode(), it.migration());
        });
    }

    private CompletableFuture<Taken> weigh(Step.Send it) {
        needsLease();
        return off(() -> {
            PreCopy predicted = predict(it.linode());
            long pauseMillis = Math.round(predicted.pauseMillis());
            if (it.maxPauseMillis() > 0 && pauseMillis > it.maxPauseMillis()) {
                throw new PortRefusal(
                        "the predicted pause of " + pauseMillis + " ms is longer than " + it.maxPauseMillis() + " ms");
            }
            return new Taken(List.of(), Optional.of(new Step.CallSend(it, predicted)));
        });
    }

    /** The journal knows of the send before the hypervisor does: a call that may have been made is never made again. */
    private CompletableFuture<Taken> send(Step.Send it, PreCopy predicted) {
        needsLease();
        journal.append(
                clock.instant(),
                List.of(new Entry.Remembered(journal.state().linode(it.linode()).sending(it.migration()))));
        SendOrder order = new SendOrder(
                it.migration(), it.linode(), it.ownerEpoch(), it.nextEpoch(), it.target(), it.targetUri());
        HostReport started = new HostReport.SendStarted(
                reports.self(),
                it.migration(),
                it.linode(),
                Math.round(predicted.pauseMillis()),
                Optional.of(Math.round(predicted.totalMillis())));
        return off(() -> {
            sends.opened(it.migration(), machine.hypervisor().send(order).toCompletableFuture());
            return Taken.saying(started);
        });
    }

    private PreCopy predict(LinodeId linode) {
        double dirty = machine.hypervisor().loads().stream()
                .filter(each -> each.linode().equals(linode))
                .mapToDouble(LinodeLoad::dirtyMibPerSecond)
                .findFirst()
                .orElse(0);
        double memoryMib = machine.hypervisor().describe(linode).memoryMib();
        HostFacts facts = machine.hypervisor().facts();
        return PreCopy.of(memoryMib, dirty, facts.linkMibPerSecond(), facts.switchMillis());
    }

    private CompletableFuture<Taken> resume(Step.Resume it) {
        needsLease();
        HostRef self = reports.self();
        return fact(() -> {
            pauses.switchingOver(it.migration());
            long pausedMillis = machine.hypervisor().resume(it.linode(), it.migration(), it.ownerEpoch());
            return new HostReport.LinodeResumed(self, it.migration(), it.linode(), it.ownerEpoch(), pausedMillis);
        });
    }

    /** Nobody orders it again: it waits for the lease, or ends with the host. */
    private CompletableFuture<Taken> wake(Step.Wake it) {
        if (!lease.isFresh()) {
            throw new PortUnreachable(NO_LEASE);
        }
        return act(() -> machine.hypervisor().wake(it.linode(), it.migration()));
    }

    private CompletableFuture<Taken> keep(Step.KeepSecret it) {
        journal.append(clock.instant(), List.of(new Entry.SecretKept(it.secretRef(), it.sealed(), clock.instant())));
        return CompletableFuture.completedFuture(Taken.SILENTLY);
    }

    private CompletableFuture<Taken> createDisk(Step.CreateDisk it) {
        HostRef self = reports.self();
        return machine.disks()
                .createDisk(it.pool(), it.linode(), it.disk(), access(it))
                .thenApply(leftOut -> Taken.saying(new HostReport.DiskCreated(
                        self,
                        it.linode(),
                        it.disk().disk(),
                        it.pool(),
                        it.disk().sizeMib(),
                        leftOut)))
                .toCompletableFuture();
    }

    private Optional<RootAccess> access(Step.CreateDisk it) {
        return it.disk()
                .secretRef()
                .map(ref -> key.open(
                        it.linode(),
                        ref,
                        journal.state()
                                .secret(ref)
                                .orElseThrow(() -> new PortRefusal("the secret " + ref + " has not arrived"))));
    }

    private void needsLease() {
        if (!lease.isFresh()) {
            throw new PortRefusal(NO_LEASE);
        }
    }

    private CompletableFuture<Taken> act(Runnable call) {
        return off(() -> {
            call.run();
            return Taken.SILENTLY;
        });
    }

    private CompletableFuture<Taken> fact(Supplier<HostReport> call) {
        return off(() -> Taken.saying(call.get()));
    }

    private CompletableFuture<Taken> off(Supplier<Taken> call) {
        return CompletableFuture.supplyAsync(call, machine.steps());
    }

    private static CompletableFuture<Taken> later(CompletionStage<?> stage) {
        return stage.thenApply(_ -> Taken.SILENTLY).toCompletableFuture();
    }
}

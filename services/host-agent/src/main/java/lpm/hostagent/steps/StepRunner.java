package lpm.hostagent.steps;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.LeaseFresh;
import lpm.contracts.host.HostReport.LeaseRevoked;
import lpm.contracts.host.Telemetry.LinodeLoad;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.DomainSpec;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.IncomingOrder;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PreCopy;
import lpm.hostagent.hypervisor.SendOrder;
import lpm.hostagent.hypervisor.SendOutcome;
import lpm.hostagent.journal.Entry;
import lpm.hostagent.journal.Journal;
import lpm.hostagent.lease.HostLease;
import lpm.hostagent.lease.PoolLease.Revocation;
import lpm.hostagent.report.Reports;

/** Takes one step at the hypervisor or the pool and says which facts it has made true. */
public final class StepRunner {
    private static final String NO_LEASE = "the host's lease is not fresh";

    private final Machine machine;
    private final HostLease lease;
    private final OpenSends sends;
    private final Journal journal;
    private final Reports reports;
    private final InstantSource clock;

    public StepRunner(
            Machine machine, HostLease lease, OpenSends sends, Journal journal, Reports reports, InstantSource clock) {
        this.machine = machine;
        this.lease = lease;
        this.sends = sends;
        this.journal = journal;
        this.reports = reports;
        this.clock = clock;
    }

    /** The facts come when the step is done. Throws, or fails, with a refusal or because nobody answered. */
    CompletableFuture<List<HostReport>> take(Step step) {
        Hypervisor hypervisor = machine.hypervisor();
        DiskStore disks = machine.disks();
        return switch (step) {
            case Step.CreateDisk it -> silent(disks.createDisk(it.pool(), it.linode(), it.disk(), secret(it)));
            case Step.CreateVolume it -> silent(disks.createVolume(it.device(), it.cloneOf()));
            case Step.Resize it -> silent(disks.resize(it.device(), it.newSizeMib()));
            case Step.Delete it -> silent(disks.delete(it.device()));
            case Step.Connect it -> done(() -> disks.connect(it.devices()));
            case Step.TakeLocks it -> done(() -> disks.takeLocks(it.linode(), it.ownerEpoch(), it.devices()));
            case Step.ReleaseLocks it -> done(() -> disks.releaseLocks(it.linode(), it.ownerEpoch(), it.devices()));
            case Step.ReleaseAllLocks it -> done(() -> disks.releaseAllLocks(it.linode(), it.ownerEpoch()));
            case Step.Revoke it -> facts(revoke(it));
            case Step.Start it -> start(it);
            case Step.Shutdown it -> silent(hypervisor.shutdown(it.linode(), it.graceMillis()));
            case Step.Destroy it -> done(() -> hypervisor.destroy(it.linode()));
            case Step.Attach it -> done(() -> hypervisor.attach(it.linode(), it.device()));
            case Step.Detach it -> done(() -> hypervisor.detach(it.linode(), it.device()));
            case Step.KeepSecret it -> done(() -> keep(it));
            case Step.AwaitIncoming it -> facts(await(it));
            case Step.CancelIncoming it -> done(() -> hypervisor.cancelIncoming(it.linode(), it.migration()));
            case Step.Send it -> facts(send(it));
            case Step.CancelSend it -> done(() -> hypervisor.cancelSend(it.linode(), it.migration()));
            case Step.Resume it -> facts(resume(it));
            case Step.Wake it -> done(() -> wake(it));
            case Step.Tell it -> facts(it.fact());
            case Step.Describe it ->
                facts(new HostReport.LinodeDescribed(
                        reports.self(),
                        it.migration(),
                        hypervisor.describe(it.linode()).seen()));
            case Step.Inventory _ -> facts(inventory());
        };
    }

    /** Everything the hypervisor shows. */
    public HostReport inventory() {
        return new HostReport.InventoryReported(
                reports.self(),
                journal.state().incarnation().orElse(""),
                true,
                machine.hypervisor().list().stream().map(Domain::seen).toList());
    }

    private CompletableFuture<List<HostReport>> start(Step.Start it) {
        needsLease();
        return silent(
                machine.hypervisor().start(new DomainSpec(it.linode(), it.ownerEpoch(), it.startedBy(), it.spec())));
    }

    private HostReport revoke(Step.Revoke it) {
        Revocation answer = machine.lease().revoke(it.pool(), it.host(), it.minUnrenewedMillis());
        return answer.revoked()
                ? new LeaseRevoked(reports.self(), it.pool(), it.host(), answer.unrenewedForMillis())
                : new LeaseFresh(reports.self(), it.pool(), it.host(), answer.unrenewedForMillis());
    }

    private HostReport await(Step.AwaitIncoming it) {
        String uri = machine.hypervisor()
                .prepareIncoming(new IncomingOrder(it.migration(), it.linode(), it.nextEpoch(), it.spec()));
        return new HostReport.IncomingReady(reports.self(), it.migration(), it.linode(), uri);
    }

    /** The journal knows of the send before the hypervisor does: a call that may have been made is never made again. */
    private HostReport send(Step.Send it) {
        needsLease();
        long pauseMillis = Math.round(predict(it.linode()).pauseMillis());
        if (it.maxPauseMillis() > 0 && pauseMillis > it.maxPauseMillis()) {
            throw new PortRefusal(
                    "the predicted pause of " + pauseMillis + " ms is longer than " + it.maxPauseMillis() + " ms");
        }
        journal.append(
                clock.instant(),
                List.of(new Entry.Remembered(journal.state().linode(it.linode()).sending(it.migration()))));
        CompletableFuture<SendOutcome> call = machine.hypervisor()
                .send(new SendOrder(
                        it.migration(), it.linode(), it.ownerEpoch(), it.nextEpoch(), it.target(), it.targetUri()))
                .toCompletableFuture();
        sends.opened(it.migration(), call);
        return new HostReport.SendStarted(reports.self(), it.migration(), it.linode(), pauseMillis);
    }

    private PreCopy predict(LinodeId linode) {
        double dirty = machine.hypervisor().loads().stream()
                .filter(each -> each.linode().equals(linode))
                .mapToDouble(LinodeLoad::dirtyMibPerSecond)
                .findFirst()
                .orElse(0);
        double memoryMib = machine.hypervisor().describe(linode).memoryMib();
        return PreCopy.of(memoryMib, dirty, machine.hypervisor().facts().linkMibPerSecond());
    }

    private HostReport resume(Step.Resume it) {
        needsLease();
        long pausedMillis = machine.hypervisor().resume(it.linode(), it.migration(), it.ownerEpoch());
        return new HostReport.LinodeResumed(reports.self(), it.migration(), it.linode(), it.ownerEpoch(), pausedMillis);
    }

    private void wake(Step.Wake it) {
        needsLease();
        machine.hypervisor().wake(it.linode(), it.migration());
    }

    private void keep(Step.KeepSecret it) {
        journal.append(clock.instant(), List.of(new Entry.SecretKept(it.secretRef(), it.sealed(), clock.instant())));
    }

    private Optional<String> secret(Step.CreateDisk it) {
        return it.disk().secretRef().map(ref -> journal.state()
                .secret(ref)
                .orElseThrow(() -> new PortRefusal("the secret " + ref + " has not arrived")));
    }

    private void needsLease() {
        if (!lease.isFresh()) {
            throw new PortRefusal(NO_LEASE);
        }
    }

    private static CompletableFuture<List<HostReport>> done(Runnable act) {
        act.run();
        return CompletableFuture.completedFuture(List.of());
    }

    private static CompletableFuture<List<HostReport>> facts(HostReport fact) {
        return CompletableFuture.completedFuture(List.of(fact));
    }

    private static CompletableFuture<List<HostReport>> silent(CompletionStage<?> stage) {
        return stage.<List<HostReport>>thenApply(_ -> List.of()).toCompletableFuture();
    }
}

package lpm.hostagent.hypervisor.xen;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import lpm.contracts.BlockDevice;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;
import lpm.contracts.host.Telemetry.LinodeLoad;
import lpm.hostagent.hypervisor.CopyCounters;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.DomainSpec;
import lpm.hostagent.hypervisor.HostFacts;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.IncomingOrder;
import lpm.hostagent.hypervisor.SendOrder;
import lpm.hostagent.hypervisor.SendOutcome;
import org.libvirt.event.DomainEvent;
import org.libvirt.event.StoppedDetail;

/** A real Xen host, through its libvirt and the agent's rights in dom0. */
public final class XenHypervisor implements Hypervisor, AutoCloseable {
    private final Executor executor;
    private final Watchdog watchdog;
    private final Dom0 probes;
    private final Dom0 acts;
    private final LibvirtLink libvirt;
    private final XenProbe probe;
    private final XenRepair repair;
    private final XenHost host;
    private final XenLife life;
    private final XenIncoming incoming;
    private final XenCopies copies;
    private final AtomicBoolean reviving = new AtomicBoolean();

    /** Nothing is reached before it is needed. {@code executor} is where calls wait that take long. */
    public XenHypervisor(XenSettings settings, DevicePaths paths, Watchdog watchdog, Executor executor) {
        this.executor = executor;
        this.watchdog = watchdog;
        this.probes = new Dom0(settings.dom0());
        this.acts = new Dom0(settings.dom0());
        this.libvirt = new LibvirtLink(settings.uri(), this::heard, this::libvirtAbsent);
        this.probe = new XenProbe(probes, libvirt);
        this.repair = new XenRepair(acts, libvirt, probe);
        Pace pace = new Pace(settings.linkMibPerSecond());
        DirtyRates dirty = new DirtyRates(new Dom0(settings.dom0()), executor);
        this.host = new XenHost(settings, probes, probe, pace, dirty);
        this.life = new XenLife(libvirt, probe, repair, new DomainXml(settings), paths);
        this.incoming = new XenIncoming(settings, libvirt, probe, repair);
        this.copies = new XenCopies(acts, probes, () -> new Dom0(settings.dom0()), libvirt, probe, pace, dirty);
    }

    private void libvirtAbsent() {
        if (reviving.compareAndSet(false, true)) {
            executor.execute(() -> {
                try {
                    repair.reviveLibvirt();
                } finally {
                    reviving.set(false);
                }
            });
        }
    }

    /** Runs on libvirt's event thread: only notes what it hears. */
    private int heard(org.libvirt.Domain domain, DomainEvent event) {
        try {
            DomainTag.linode(domain.getName()).ifPresent(linode -> heard(linode, event));
        } catch (org.libvirt.LibvirtException e) {
            // Whatever it was: look.
            probe.changed();
        }
        return 0;
    }

    private void heard(LinodeId linode, DomainEvent event) {
        switch (event.getType()) {
            case STOPPED -> stopped(linode, event.getDetail());
            case SUSPENDED -> {
                incoming.arrived(linode);
                probe.changed();
            }
            default -> probe.changed();
        }
    }

    private void stopped(LinodeId linode, StoppedDetail detail) {
        switch (detail) {
            case SHUTDOWN -> probe.stopped(linode, Cause.guest);
            case CRASHED, FAILED -> probe.stopped(linode, Cause.crash);
            default -> probe.changed();
        }
    }

    @Override
    public HostFacts facts() {
        return host.facts();
    }

    @Override
    public List<Domain> list() {
        return probe.list();
    }

    @Override
    public Domain describe(LinodeId linode) {
        return probe.describe(linode);
    }

    @Override
    public CompletionStage<DomainSeen> start(DomainSpec spec) {
        return later(() -> life.start(spec, host::freeMemoryMib));
    }

    @Override
    public CompletionStage<DomainSeen> shutdown(LinodeId linode, long graceMillis) {
        return later(() -> life.shutdown(linode, graceMillis));
    }

    @Override
    public void destroy(LinodeId linode) {
        repair.destroy(linode);
        repair.awaitTakenApart(linode);
    }

    @Override
    public void attach(LinodeId linode, BlockDevice device) {
        life.attach(linode, device);
    }

    @Override
    public void detach(LinodeId linode, BlockDevice device) {
        life.detach(linode, device);
    }

    @Override
    public String prepareIncoming(IncomingOrder order) {
        return incoming.prepare(order, host.freeMemoryMib());
    }

    @Override
    public void cancelIncoming(LinodeId linode, MigrationId migration) {
        incoming.cancel(linode, migration);
    }

    @Override
    public CompletionStage<SendOutcome> send(SendOrder order) {
        return later(() -> copies.send(order));
    }

    @Override
    public void cancelSend(LinodeId linode, MigrationId migration) {
        copies.cancel(linode, migration);
    }

    @Override
    public long resume(LinodeId linode, MigrationId migration, long ownerEpoch) {
        return incoming.resume(linode, migration);
    }

    @Override
    public void wake(LinodeId linode, MigrationId migration) {
        incoming.wake(linode);
    }

    @Override
    public List<LinodeLoad> loads() {
        return host.loads();
    }

    @Override
    public long freeMemoryMib() {
        return host.freeMemoryMib();
    }

    @Override
    public List<CopyCounters> copies() {
        return copies.counters();
    }

    @Override
    public void petWatchdog(long millisSinceSent) {
        watchdog.pet(millisSinceSent);
    }

    /** The watchdog first: should the guests not be destroyed here, it stops them. */
    @Override
    public void leaseRevoked() {
        watchdog.revoked();
        probe.list().forEach(each -> repair.destroy(each.seen().linode()));
    }

    private <T> CompletionStage<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, executor);
    }

    @Override
    public void close() {
        libvirt.close();
        probes.close();
        acts.close();
    }
}

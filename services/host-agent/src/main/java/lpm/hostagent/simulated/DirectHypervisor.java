package lpm.hostagent.simulated;

import java.util.List;
import java.util.concurrent.CompletionStage;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.Telemetry.LinodeLoad;
import lpm.hostagent.hypervisor.CopyCounters;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.hypervisor.DomainSpec;
import lpm.hostagent.hypervisor.HostFacts;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.hypervisor.IncomingOrder;
import lpm.hostagent.hypervisor.SendOrder;
import lpm.hostagent.hypervisor.SendOutcome;

/** One host of the model, called in the same thread. */
final class DirectHypervisor implements Hypervisor {
    private final HostId host;
    private final ModelState state;
    private final HostModel hosts;
    private final DomainModel domains;
    private final CopyModel copies;
    private final IncomingModel incoming;

    DirectHypervisor(
            HostId host,
            ModelState state,
            HostModel hosts,
            DomainModel domains,
            CopyModel copies,
            IncomingModel incoming) {
        this.host = host;
        this.state = state;
        this.hosts = hosts;
        this.domains = domains;
        this.copies = copies;
        this.incoming = incoming;
    }

    @Override
    public HostFacts facts() {
        return hosts.facts(host);
    }

    @Override
    public List<Domain> list() {
        return domains.list(host);
    }

    @Override
    public Domain describe(LinodeId linode) {
        return domains.describe(host, linode);
    }

    @Override
    public CompletionStage<DomainSeen> start(DomainSpec spec) {
        return domains.start(host, spec);
    }

    @Override
    public CompletionStage<DomainSeen> shutdown(LinodeId linode, long graceMillis) {
        return domains.shutdown(host, linode, graceMillis);
    }

    @Override
    public void destroy(LinodeId linode) {
        state.on(host);
        var there = state.domain(host, linode);
        domains.destroy(host, linode);
        state.copyOf(host, linode).ifPresent(copies.failures()::sourceDestroyed);
        there.filter(each -> each.state == DomainSeen.State.paused)
                .flatMap(each -> each.migration)
                .ifPresent(copies.failures()::incomingDestroyed);
    }

    @Override
    public void attach(LinodeId linode, BlockDevice device) {
        domains.attach(host, linode, device);
    }

    @Override
    public void detach(LinodeId linode, BlockDevice device) {
        domains.detach(host, linode, device);
    }

    @Override
    public String prepareIncoming(IncomingOrder order) {
        return incoming.prepare(host, order);
    }

    @Override
    public void cancelIncoming(LinodeId linode, MigrationId migration) {
        incoming.cancel(host, linode, migration);
    }

    @Override
    public CompletionStage<SendOutcome> send(SendOrder order) {
        return copies.send(host, order);
    }

    @Override
    public void cancelSend(LinodeId linode, MigrationId migration) {
        copies.failures().cancel(host, linode, migration);
    }

    @Override
    public long resume(LinodeId linode, MigrationId migration, long ownerEpoch) {
        return incoming.resume(host, linode, migration, ownerEpoch);
    }

    @Override
    public void wake(LinodeId linode, MigrationId migration) {
        incoming.wake(host, linode, migration);
    }

    @Override
    public List<LinodeLoad> loads() {
        return hosts.loads(host);
    }

    @Override
    public long freeMemoryMib() {
        return domains.freeMemoryMib(state.on(host));
    }

    @Override
    public List<CopyCounters> copies() {
        return copies.counters(host);
    }

    @Override
    public void petWatchdog(long millisSinceSent) {
        hosts.pet(state.on(host), state.time.now().minusMillis(millisSinceSent));
    }

    @Override
    public void leaseRevoked() {
        SimHost on = state.on(host);
        state.domains(host).forEach(each -> destroy(each.linode));
        hosts.leaseRevoked(on);
    }
}

package lpm.systemtests.mutants;

import java.util.List;
import java.util.concurrent.CompletionStage;
import lpm.contracts.BlockDevice;
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

/** A hypervisor as it is; mutants override one call. */
class HypervisorWrap implements Hypervisor {
    private final Hypervisor real;

    HypervisorWrap(Hypervisor real) {
        this.real = real;
    }

    @Override
    public HostFacts facts() {
        return real.facts();
    }

    @Override
    public List<Domain> list() {
        return real.list();
    }

    @Override
    public Domain describe(LinodeId linode) {
        return real.describe(linode);
    }

    @Override
    public CompletionStage<DomainSeen> start(DomainSpec spec) {
        return real.start(spec);
    }

    @Override
    public CompletionStage<DomainSeen> shutdown(LinodeId linode, long graceMillis) {
        return real.shutdown(linode, graceMillis);
    }

    @Override
    public void destroy(LinodeId linode) {
        real.destroy(linode);
    }

    @Override
    public void attach(LinodeId linode, BlockDevice device) {
        real.attach(linode, device);
    }

    @Override
    public void detach(LinodeId linode, BlockDevice device) {
        real.detach(linode, device);
    }

    @Override
    public String prepareIncoming(IncomingOrder order) {
        return real.prepareIncoming(order);
    }

    @Override
    public void cancelIncoming(LinodeId linode, MigrationId migration) {
        real.cancelIncoming(linode, migration);
    }

    @Override
    public CompletionStage<SendOutcome> send(SendOrder order) {
        return real.send(order);
    }

    @Override
    public void cancelSend(LinodeId linode, MigrationId migration) {
        real.cancelSend(linode, migration);
    }

    @Override
    public long resume(LinodeId linode, MigrationId migration, long ownerEpoch) {
        return real.resume(linode, migration, ownerEpoch);
    }

    @Override
    public void wake(LinodeId linode, MigrationId migration) {
        real.wake(linode, migration);
    }

    @Override
    public List<LinodeLoad> loads() {
        return real.loads();
    }

    @Override
    public long freeMemoryMib() {
        return real.freeMemoryMib();
    }

    @Override
    public List<CopyCounters> copies() {
        return real.copies();
    }

    @Override
    public void petWatchdog(long millisSinceSent) {
        real.petWatchdog(millisSinceSent);
    }

    @Override
    public void leaseRevoked() {
        real.leaseRevoked();
    }
}

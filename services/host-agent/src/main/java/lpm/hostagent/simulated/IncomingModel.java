package lpm.hostagent.simulated;

import java.time.Duration;
import java.util.Optional;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen.State;
import lpm.hostagent.hypervisor.IncomingOrder;
import lpm.hostagent.hypervisor.PortRefusal;

/** The two ends of a hand-over as the agents work on them: await, cancel, resume, wake. */
final class IncomingModel {
    private final ModelState state;
    private final DomainModel domains;
    private final CopyFailures failures;

    IncomingModel(ModelState state, DomainModel domains, CopyFailures failures) {
        this.state = state;
        this.domains = domains;
        this.failures = failures;
    }

    String prepare(HostId host, IncomingOrder order) {
        SimHost target = state.on(host);
        Optional<SimDomain> there = state.domain(host, order.linode());
        if (there.filter(each -> !each.awaited).isPresent()) {
            throw new PortRefusal("a domain of linode " + order.linode() + " is already active");
        }
        there.ifPresent(state::remove);
        domains.needsMemory(target, order.spec().resources().memoryMib());
        SimDomain awaited = new SimDomain(host, order.linode(), order.spec());
        awaited.awaited = true;
        awaited.state = State.paused;
        awaited.ownerEpoch = order.nextEpoch();
        awaited.migration = Optional.of(order.migration());
        state.save(awaited);
        return uri(host);
    }

    static String uri(HostId host) {
        return "sim://" + host;
    }

    void cancel(HostId host, LinodeId linode, MigrationId migration) {
        state.on(host);
        Optional<SimDomain> copy =
                state.domain(host, linode).filter(each -> each.migration.equals(Optional.of(migration)));
        if (copy.filter(each -> each.state != State.paused).isPresent()) {
            throw new PortRefusal("linode " + linode + " is not a paused copy on " + host);
        }
        copy.ifPresent(state::remove);
        failures.incomingDestroyed(migration);
    }

    long resume(HostId host, LinodeId linode, MigrationId migration, long ownerEpoch) {
        SimDomain copy = domains.present(host, linode);
        if (!copy.migration.equals(Optional.of(migration)) || copy.state != State.paused || copy.receiving) {
            throw new PortRefusal("linode " + linode + " is not a complete paused copy of migration " + migration);
        }
        copy.state = State.running;
        copy.ownerEpoch = ownerEpoch;
        copy.pausedMillis = copy.suspendedAt
                .map(from -> Duration.between(from, state.time.now()).toMillis())
                .orElse(0L);
        state.save(copy);
        return copy.pausedMillis;
    }

    void wake(HostId host, LinodeId linode, MigrationId migration) {
        SimDomain domain = domains.present(host, linode);
        if (domain.state == State.running) {
            return;
        }
        boolean jobOpen = state.copyOf(host, linode).isPresent();
        if (domain.state != State.suspended || jobOpen || !domain.migration.equals(Optional.of(migration))) {
            throw new PortRefusal("linode " + linode + " was not left suspended by migration " + migration);
        }
        domain.state = State.running;
        domain.migration = Optional.empty();
        state.save(domain);
    }
}

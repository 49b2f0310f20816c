package lpm.hostagent.simulated;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen.State;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.probe.PauseProbe;

/** Tells what the model says of the guest's pause, and that it is only simulated. */
public final class SimulatedProbe implements PauseProbe {
    private static final String NAME = "simulated";

    private final Hypervisor hypervisor;
    private final Map<MigrationId, LinodeId> guests = new ConcurrentHashMap<>();

    public SimulatedProbe(Hypervisor hypervisor) {
        this.hypervisor = hypervisor;
    }

    @Override
    public void begin(MigrationId migration, LinodeId linode, List<String> addresses) {
        guests.put(migration, linode);
    }

    @Override
    public void switchingOver(MigrationId migration) {
        // the model notes by itself when the guest goes on
    }

    @Override
    public Optional<Measured> measured(MigrationId migration) {
        return Optional.ofNullable(guests.get(migration))
                .map(hypervisor::describe)
                .filter(domain -> domain.seen().state() == State.running
                        && domain.seen().migration().equals(Optional.of(migration)))
                .map(domain -> new Measured(domain.pausedMillis(), NAME));
    }

    @Override
    public void end(MigrationId migration) {
        guests.remove(migration);
    }
}

package lpm.systemtests.mutants;

import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.host.HostCommand;
import lpm.hostagent.journal.JournalState;
import lpm.systemtests.simulation.Parts;

/** Bugs of which orders an agent carries out. What it is given is changed so that its check finds nothing wrong. */
final class AgentMutants {
    private AgentMutants() {}

    static List<Mutant> all() {
        return List.of(new Mutant(
                "old-registrations-orders-count",
                "an agent obeys orders that were meant for its host's registration before",
                new Parts() {
                    @Override
                    public Envelope<?> order(Envelope<?> order, JournalState known) {
                        return forNow(order, known);
                    }
                }));
    }

    /** An order to boot, for the registration that the host has, or is about to get. */
    private static Envelope<?> forNow(Envelope<?> order, JournalState known) {
        if (!(order.data() instanceof HostCommand.BootLinode boot)) {
            return order;
        }
        long epoch = known.hostEpoch() == 0 ? boot.at().hostEpoch() + 1 : known.hostEpoch();
        HostRef now = new HostRef(boot.at().host(), Math.max(epoch, boot.at().hostEpoch()));
        return order.withData(new HostCommand.BootLinode(now, boot.linode(), boot.ownerEpoch(), boot.spec()));
    }
}

package lpm.hostagent.steps;

import lpm.contracts.HostRef;
import lpm.contracts.host.DomainSeen.State;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.journal.LinodeMemory;

/** What the planner may know: this host, what the hypervisor shows of the Linode, and what the journal says of it. */
public record Observed(HostRef by, Domain domain, LinodeMemory memory) {

    boolean is(State state) {
        return domain.seen().state() == state;
    }

    boolean isGone() {
        return is(State.absent) || is(State.off);
    }

    boolean jobRunning() {
        return domain.seen().jobRunning();
    }

    long ownerEpoch() {
        return domain.seen().ownerEpoch();
    }
}

package lpm.storage.fence;

import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.Region;

/**
 * A question for {@link PlanFencePlanner}: who revokes the host's leases?
 *
 * @param after the number of the order that stayed without answer, or -1
 * @param notBy who did not answer
 */
public record PlanFence(HostRef fenced, Region region, boolean declaredDead, long after, Optional<HostId> notBy)
        implements Command {
    @Override
    public String aggregateId() {
        return "fence:" + fenced.host();
    }
}

package lpm.scheduler.placement;

import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.contracts.Resources;

/**
 * The question: which host takes this Linode? Answered by a unit that reserves the room and assigns the host, or,
 * when no host can take it, notes that the placement failed.
 *
 * @param lost the lost host; it is chosen only if it has come back
 */
public record PlaceLinode(
        LinodeId linode, AccountId account, Region region, Resources resources, Optional<HostId> lost, Purpose purpose)
        implements Command {
    @Override
    public String aggregateId() {
        return linode.aggregateId();
    }
}

package lpm.scheduler.placement;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lpm.contracts.AccountId;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.contracts.Resources;

/**
 * What is looked for.
 *
 * @param linode for whom; also the seed among near-equal hosts
 * @param avoid hosts that must not be chosen
 * @param only the one host to consider, if one is wished for
 * @param pools pools that must be within reach; none for a Linode without disks
 * @param liveFrom the host a running guest moves away from
 */
public record Want(
        LinodeId linode,
        AccountId account,
        Region region,
        Resources resources,
        Purpose purpose,
        Set<HostId> avoid,
        Optional<HostId> only,
        List<String> pools,
        Optional<FleetHost> liveFrom) {
    public Want {
        avoid = Set.copyOf(avoid);
        pools = List.copyOf(pools);
    }
}

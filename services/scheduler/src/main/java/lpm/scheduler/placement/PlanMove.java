package lpm.scheduler.placement;

import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.migration.MigrationCommand.Mode;

/**
 * The question: where does this Linode move to? Answered by a unit that reserves the room at the target and requests
 * the move, or, when there is no target, refuses it.
 *
 * @param target the only host to consider, if one is wished for
 * @param migration the id the move is to have
 */
public record PlanMove(
        LinodeId linode, Optional<HostId> target, Mode mode, MigrationId migration, String because, long maxPauseMillis)
        implements Command {
    @Override
    public String aggregateId() {
        return linode.aggregateId();
    }
}

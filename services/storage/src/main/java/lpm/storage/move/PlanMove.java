package lpm.storage.move;

import java.util.List;
import lpm.contracts.BlockDevice;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/** A question for {@link PlanMovePlanner}: can these devices be held for a move? */
public record PlanMove(
        MigrationId migration, LinodeId linode, HostRef source, HostRef target, List<BlockDevice> devices)
        implements Command {
    public PlanMove {
        devices = List.copyOf(devices);
    }

    @Override
    public String aggregateId() {
        return "move:" + migration;
    }
}

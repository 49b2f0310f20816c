package lpm.storage.disk;

import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;

/**
 * A question for {@link RecheckDisksPlanner}: a host has had its time; who is asked now?
 *
 * @param asked the number of the request
 * @param last who was asked
 */
public record RecheckDisks(LinodeId linode, DiskCommand.Work work, long asked, HostRef last) implements Command {
    @Override
    public String aggregateId() {
        return "disks:" + linode;
    }
}

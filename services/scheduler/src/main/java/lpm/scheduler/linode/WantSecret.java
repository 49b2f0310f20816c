package lpm.scheduler.linode;

import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;

/** The question: is a host that storage asks for a disk to be sent its secret? */
public record WantSecret(LinodeId linode, HostRef at, String secretRef) implements Command {
    @Override
    public String aggregateId() {
        return linode.aggregateId();
    }
}

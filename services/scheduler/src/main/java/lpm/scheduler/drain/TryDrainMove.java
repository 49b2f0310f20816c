package lpm.scheduler.drain;

import lpm.contracts.Command;
import lpm.contracts.LinodeId;

/** The question: can this Linode, which could not, leave by now? */
public record TryDrainMove(long drain, LinodeId linode) implements Command {
    @Override
    public String aggregateId() {
        return "drain:" + drain;
    }
}

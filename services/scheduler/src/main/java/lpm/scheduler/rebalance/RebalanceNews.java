package lpm.scheduler.rebalance;

import lpm.contracts.Command;
import lpm.contracts.LinodeId;

/** The question: which rebalance does it concern that this Linode's move has ended? */
public record RebalanceNews(LinodeId linode, boolean moved, String reason) implements Command {
    @Override
    public String aggregateId() {
        return linode.aggregateId();
    }
}

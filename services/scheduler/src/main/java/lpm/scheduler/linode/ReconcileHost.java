package lpm.scheduler.linode;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;

/** The question: which Linodes that should run at this host did its complete inventory not show? */
public record ReconcileHost(HostRef by, List<LinodeId> shown) implements Command {
    public ReconcileHost {
        shown = List.copyOf(shown);
    }

    @Override
    public String aggregateId() {
        return by.host().aggregateId();
    }
}

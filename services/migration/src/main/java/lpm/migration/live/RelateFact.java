package lpm.migration.live;

import lpm.contracts.Command;
import lpm.contracts.Event;

/** A question for {@link RelatePlanner}: which open attempts does a fact concern that names a host or a Linode only? */
public record RelateFact(Event fact) implements Command {
    @Override
    public String aggregateId() {
        return "fact";
    }
}

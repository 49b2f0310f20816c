package lpm.storage.move;

import lpm.contracts.Command;
import lpm.contracts.MigrationId;

/** A question for {@link EndHoldPlanner}: which volumes did a move hold that is over? */
public record EndHold(MigrationId migration) implements Command {
    @Override
    public String aggregateId() {
        return "move:" + migration;
    }
}

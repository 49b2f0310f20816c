package lpm.migration.live;

import lpm.contracts.Command;
import lpm.contracts.MigrationId;

/** A question for {@link CheckPlanner}: a step has had its time; what is known of the two hosts? */
public record CheckAttempt(MigrationId migration, AttemptCommand.Step step, int probe) implements Command {
    @Override
    public String aggregateId() {
        return migration.aggregateId();
    }
}

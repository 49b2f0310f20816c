package lpm.migration.live;

import java.util.List;
import lpm.contracts.migration.MigrationEvent;
import lpm.platform.Feature;
import lpm.platform.Planner;

/** The feature as a value, for the list in the service's app. */
public final class MigrationFeature {
    private MigrationFeature() {}

    public static Feature<AttemptCommand, MigrationState, MigrationEvent> feature() {
        return Feature.of(
                        "migration",
                        AttemptCommand.class,
                        MigrationState.class,
                        MigrationEvent.class,
                        new MigrationDecider())
                .reacting(new MigrationProcess())
                .listening(new MigrationInbox())
                .showing(new MigrationView());
    }

    /** The questions it asks of rows. */
    public static List<Planner<?>> planners() {
        return List.of(new RelatePlanner(), new CheckPlanner());
    }
}

package lpm.storage.move;

import java.util.List;
import lpm.contracts.storage.MoveEvent;
import lpm.platform.Feature;
import lpm.platform.Planner;

/** The feature as a value, for the list in the service's app. */
public final class MoveFeature {
    private MoveFeature() {}

    public static Feature<MoveCommand, MoveState, MoveEvent> feature() {
        return Feature.of("move", MoveCommand.class, MoveState.class, MoveEvent.class, new MoveDecider())
                .reacting(new MoveProcess())
                .listening(new MoveInbox())
                .showing(new MoveView());
    }

    /** The questions it asks of rows. */
    public static List<Planner<?>> planners() {
        return List.of(new PlanMovePlanner(), new EndHoldPlanner());
    }
}

package lpm.storage.fence;

import java.util.List;
import lpm.contracts.storage.FenceEvent;
import lpm.platform.Feature;
import lpm.platform.Planner;

/** The feature as a value, for the list in the service's app. */
public final class FenceFeature {
    private FenceFeature() {}

    public static Feature<FenceCommand, FenceState, FenceEvent> feature() {
        return Feature.of("fence", FenceCommand.class, FenceState.class, FenceEvent.class, new FenceDecider())
                .reacting(new FenceProcess())
                .listening(new FenceInbox());
    }

    /** The questions it asks of rows. */
    public static List<Planner<?>> planners() {
        return List.of(new PlanFencePlanner());
    }
}

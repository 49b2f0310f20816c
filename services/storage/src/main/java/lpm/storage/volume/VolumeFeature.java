package lpm.storage.volume;

import java.util.List;
import lpm.contracts.storage.VolumeEvent;
import lpm.platform.Feature;
import lpm.platform.Planner;

/** The feature as a value, for the list in the service's app. */
public final class VolumeFeature {
    private VolumeFeature() {}

    public static Feature<VolumeCommand, VolumeState, VolumeEvent> feature() {
        return Feature.of("volume", VolumeCommand.class, VolumeState.class, VolumeEvent.class, new VolumeDecider())
                .reacting(new VolumeProcess())
                .listening(new VolumeInbox())
                .showing(new VolumeView());
    }

    /** The questions it asks of rows. */
    public static List<Planner<?>> planners() {
        return List.of(new RecheckVolumePlanner());
    }
}

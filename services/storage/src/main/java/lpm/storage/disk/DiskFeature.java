package lpm.storage.disk;

import java.util.List;
import lpm.contracts.storage.DiskEvent;
import lpm.platform.Feature;
import lpm.platform.Planner;
import lpm.storage.image.Images;
import lpm.storage.pool.Pools;

/** The feature as a value, for the list in the service's app. */
public final class DiskFeature {
    private DiskFeature() {}

    public static Feature<DiskCommand, DiskState, DiskEvent> feature() {
        return Feature.of("disks", DiskCommand.class, DiskState.class, DiskEvent.class, new DiskDecider())
                .reacting(new DiskProcess())
                .listening(new DiskInbox())
                .showing(new DiskView());
    }

    /** The questions it asks of rows. */
    public static List<Planner<?>> planners(Pools pools, Images images) {
        return List.of(new PlaceDisksPlanner(pools, images), new RecheckDisksPlanner(), new RelateDiskPlanner());
    }
}

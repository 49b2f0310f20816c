package lpm.storage.disk;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.PoolId;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.storage.image.Images;
import lpm.storage.pool.Pools;

/** Chooses the pool of new disks: of the region, with enough room, and only for images there are. */
final class PlaceDisksPlanner implements Planner<PlaceDisks> {
    private static final long MIB_PER_GIB = 1024;

    private final Pools pools;
    private final Images images;

    PlaceDisksPlanner(Pools pools, Images images) {
        this.pools = pools;
        this.images = images;
    }

    @Override
    public Class<PlaceDisks> question() {
        return PlaceDisks.class;
    }

    @Override
    public List<List<Command>> plan(PlaceDisks question, Lookup rows) {
        Optional<String> unknown = question.disks().stream()
                .flatMap(disk -> disk.image().stream())
                .filter(image -> images.find(image).isEmpty())
                .findFirst();
        if (unknown.isPresent()) {
            return refuse(question, "the image " + unknown.get() + " is unknown");
        }
        long sizeMib = question.disks().stream().mapToLong(DiskSpec::sizeMib).sum();
        Optional<PoolId> pool =
                pools.chooseFor(question.at(), question.region(), Math.ceilDiv(sizeMib, MIB_PER_GIB), rows);
        return pool.map(chosen -> List.of(List.<Command>of(new DiskCommand.Order(
                        question.linode(), question.account(), question.at(), chosen, question.disks()))))
                .orElseGet(() -> refuse(question, tooFull(question, sizeMib)));
    }

    private static String tooFull(PlaceDisks question, long sizeMib) {
        return "no pool in " + question.region() + " that " + question.at().host() + " reaches has " + sizeMib + " MiB";
    }

    private static List<List<Command>> refuse(PlaceDisks question, String reason) {
        List<DiskId> ids = question.disks().stream().map(DiskSpec::disk).toList();
        return List.of(List.of(new DiskCommand.Refuse(question.linode(), ids, reason)));
    }
}

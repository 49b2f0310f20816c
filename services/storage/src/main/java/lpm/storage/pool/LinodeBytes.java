package lpm.storage.pool;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.PoolId;
import lpm.platform.Lookup;
import lpm.platform.Query;
import lpm.storage.known.KnownLinodes;

/** Where the bytes of one Linode lie, and how their pools are. */
final class LinodeBytes {
    private static final int MOST = 1_000;

    private final Lookup rows;
    private final PoolSights sights;

    LinodeBytes(Lookup rows, PoolSights sights) {
        this.rows = rows;
        this.sights = sights;
    }

    /** The Linode and its disks and volumes. */
    record Json(long linode, String label, List<Device> devices) {
        Json {
            devices = List.copyOf(devices);
        }
    }

    /**
     * A disk or a volume.
     *
     * @param health of its pool, as in {@link PoolJson}
     */
    record Device(
            String kind,
            long id,
            String pool,
            long sizeMib,
            String status,
            String health,
            Optional<Integer> replicas,
            String detail) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record DiskRow(long id, String pool, long sizeMib, String phase) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record VolumeRow(long id, String pool, long sizeMib, String status) {}

    /** Empty where there is no such Linode. */
    Optional<Json> of(long linode) {
        return rows.get(KnownLinodes.TABLE, String.valueOf(linode), KnownLinodes.Row.class)
                .map(it -> new Json(linode, it.label(), devices(linode)));
    }

    private List<Device> devices(long linode) {
        Stream<Device> disks = rows
                .find(
                        "disk_view",
                        Query.where("linode", linode).orderBy("id", false).limit(MOST),
                        DiskRow.class)
                .stream()
                .map(it -> device("disk", it.id(), it.pool(), it.sizeMib(), it.phase()));
        Stream<Device> volumes = rows
                .find(
                        "volume_view",
                        Query.where("linode_id", linode).orderBy("id", false).limit(MOST),
                        VolumeRow.class)
                .stream()
                .map(it -> device("volume", it.id(), it.pool(), it.sizeMib(), it.status()));
        return Stream.concat(disks, volumes).toList();
    }

    private Device device(String kind, long id, String pool, long sizeMib, String status) {
        Optional<PoolSights.Seen> worst = sights.worst(PoolId.of(pool));
        return new Device(
                kind,
                id,
                pool,
                sizeMib,
                status,
                PoolJson.health(worst),
                worst.map(each -> each.sight().replicas()),
                worst.map(each -> each.sight().detail()).orElse("no host has told of this pool lately"));
    }
}

package lpm.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.AccountId;
import lpm.contracts.Actor;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.VolumeId;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.platform.rows.InMemoryRows;
import lpm.storage.known.KnownHosts;

/** Things tests speak of. */
public final class Some {
    public static final AccountId ACCOUNT = AccountId.of(1);
    public static final AccountId STRANGER = AccountId.of(2);
    public static final LinodeId LINODE = LinodeId.of(7);
    public static final LinodeId OTHER_LINODE = LinodeId.of(8);
    public static final MigrationId MIGRATION = MigrationId.of(5);
    public static final Region REGION = Region.of("us-east");
    public static final PoolId POOL = PoolId.of("rbd1");
    public static final PoolId POOL2 = PoolId.of("rbd2");
    public static final HostRef A = host("a", 1);
    public static final HostRef B = host("b", 1);
    public static final HostRef C = host("c", 1);
    public static final VolumeId VOLUME = VolumeId.of(9);

    private Some() {}

    public static HostRef host(String name, long epoch) {
        return new HostRef(HostId.of(name), epoch);
    }

    public static DiskSpec disk(long id, long sizeMib) {
        return new DiskSpec(DiskId.of(id), "disk", sizeMib, "ext4", Optional.empty(), Optional.empty());
    }

    public static BlockDevice bytes(String slot, long id, long sizeMib) {
        return new BlockDevice(slot, BlockDevice.Kind.disk, id, POOL, sizeMib);
    }

    public static BlockDevice volume(long id, long sizeGib) {
        return new BlockDevice("", BlockDevice.Kind.volume, id, POOL, sizeGib * 1024);
    }

    public static HostEvent registered(HostRef ref, List<PoolId> pools) {
        return new HostRegistered(
                ref.host(), ref.hostEpoch(), "i", REGION, Resources.NONE, pools, "xen", "cpu", "uri", "key", List.of());
    }

    /** Rows that know these hosts as registered and live. */
    public static InMemoryRows knowing(HostRef... hosts) {
        InMemoryRows rows = new InMemoryRows();
        for (HostRef host : hosts) {
            new KnownHosts().note(told(registered(host, List.of(POOL)), 0), rows);
        }
        return rows;
    }

    /** An envelope around what was told. */
    public static <E> Envelope<E> told(E data, long sequence) {
        UUID id = new UUID(0, 1);
        return new Envelope<>(
                id,
                "t",
                1,
                "a:1",
                sequence,
                null,
                null,
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                id,
                null,
                Actor.service("test"),
                null,
                data);
    }
}

package lpm.verify;

import static lpm.verify.Breaks.of;
import static lpm.verify.GoodStory.ACCOUNT;
import static lpm.verify.GoodStory.DEVICE;
import static lpm.verify.GoodStory.DISK;
import static lpm.verify.GoodStory.H1;
import static lpm.verify.GoodStory.H3;
import static lpm.verify.GoodStory.IP;
import static lpm.verify.GoodStory.LINODE;
import static lpm.verify.GoodStory.MAC;
import static lpm.verify.GoodStory.POOL;
import static lpm.verify.GoodStory.REGION;
import static lpm.verify.GoodStory.SIZE;
import static lpm.verify.GoodStory.VOLUME;

import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.DiskSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.Resources;
import lpm.contracts.scheduler.AddressEvent;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeSizing;
import lpm.contracts.scheduler.TenantEvent;
import lpm.contracts.storage.DiskEvent;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeTenantEvent;
import lpm.verify.Breaks.Break;

/** Breaks of what is held, owned and left behind. */
final class ResourceBreaks {
    private static final LinodeId OTHER = LinodeId.of(2);

    private ResourceBreaks() {}

    static final List<Break> ALL = List.of(
            of(
                    "I2",
                    "a volume at two Linodes",
                    told -> told.after(
                            told.first(LinodeEvent.LinodeDeviceAttached.class),
                            "linode:2",
                            new LinodeEvent.LinodeDeviceAttachRequested(OTHER, H1, 1, DEVICE))),
            of(
                    "I14",
                    "more memory than there is",
                    told -> told.after(
                            told.first(HostEvent.CapacityReserved.class),
                            new HostEvent.CapacityReserved(H1.host(), OTHER, ACCOUNT, new Resources(1, 2049)))),
            of(
                    "I14",
                    "a resize beyond the CPUs",
                    told -> told.after(
                            told.first(HostEvent.CapacityReserved.class),
                            new HostEvent.CapacityResized(H1.host(), LINODE, SIZE, new Resources(33, 1024)))),
            of("I15", "released twice", told -> {
                Draft released = told.first(HostEvent.CapacityReleased.class);
                told.after(released, released.data);
            }),
            of(
                    "I15",
                    "released as another size",
                    told -> told.change(
                            told.first(HostEvent.CapacityReleased.class),
                            HostEvent.CapacityReleased.class,
                            it -> new HostEvent.CapacityReleased(it.host(), it.linode(), new Resources(2, 2048)))),
            of("I15", "reserved twice", told -> {
                Draft reserved = told.first(HostEvent.CapacityReserved.class);
                told.after(reserved, reserved.data);
            }),
            of(
                    "I16",
                    "a move to a host that holds nothing for it",
                    told -> told.remove(told.last(HostEvent.CapacityReserved.class))),
            of(
                    "I16",
                    "the source's part is freed during the move",
                    told -> told.moveBefore(
                            told.first(HostEvent.CapacityReleased.class), told.first(LinodeEvent.LinodeMoved.class))),
            of(
                    "I16",
                    "its place is given away under it",
                    told -> told.after(
                            told.last(LinodeEvent.LinodeBooted.class),
                            "host:h3",
                            new HostEvent.CapacityReleased(H3.host(), LINODE, SIZE))),
            of("I19", "a Linode's time begins twice", told -> {
                Draft created = told.first(LinodeEvent.LinodeCreated.class);
                told.after(created, created.data);
            }),
            of(
                    "I19",
                    "a size between that it did not have",
                    told -> told.after(
                            told.first(LinodeEvent.LinodeBooted.class),
                            new LinodeEvent.LinodeResized(
                                    LINODE,
                                    H1,
                                    new LinodeSizing("g6-standard-1", SIZE, 51_200, 2_000),
                                    new LinodeSizing("g6-standard-2", SIZE, 81_920, 4_000)))),
            of("I19", "an end twice", told -> {
                Draft deleted = told.last(LinodeEvent.LinodeDeleted.class);
                told.after(deleted, deleted.data);
            }),
            of(
                    "I19",
                    "a volume ends larger than it was",
                    told -> told.after(
                            told.last(VolumeEvent.VolumeDetached.class),
                            new VolumeEvent.VolumeDeleted(VOLUME, ACCOUNT, "data", 21))),
            of(
                    "I20",
                    "more Linodes than allowed",
                    told -> told.change(
                            told.first(TenantEvent.TenantLimited.class),
                            TenantEvent.TenantLimited.class,
                            it -> new TenantEvent.TenantLimited(ACCOUNT, 0, false))),
            of(
                    "I20",
                    "more GiB than allowed",
                    told -> told.after(
                            told.first(VolumeTenantEvent.VolumeLabelTaken.class),
                            new VolumeTenantEvent.VolumeRoomChanged(ACCOUNT, VOLUME, 20, 101))),
            of("I21", "a stream changes hands", told -> told.last(LinodeEvent.LinodeBooted.class).account = 8L),
            of(
                    "I21",
                    "another account's volume",
                    told -> told.change(
                            told.first(VolumeEvent.VolumeCreated.class),
                            VolumeEvent.VolumeCreated.class,
                            it -> new VolumeEvent.VolumeCreated(
                                    VOLUME,
                                    AccountId.of(8),
                                    "data",
                                    REGION,
                                    20,
                                    POOL,
                                    H1,
                                    List.of(),
                                    Optional.empty(),
                                    Optional.empty()))),
            of(
                    "I22",
                    "an address at two Linodes",
                    told -> told.after(
                            told.first(AddressEvent.AddressAssigned.class),
                            new AddressEvent.AddressAssigned(IP, REGION, OTHER))),
            of(
                    "I22",
                    "a MAC at two Linodes",
                    told -> told.after(
                            told.first(LinodeEvent.LinodeCreated.class), "linode:2", GoodStory.created(OTHER, MAC))),
            of(
                    "I22",
                    "released by a stranger",
                    told -> told.change(
                            told.first(AddressEvent.AddressReleased.class),
                            AddressEvent.AddressReleased.class,
                            it -> new AddressEvent.AddressReleased(IP, REGION, OTHER))),
            of("I24", "deleted without a scrub", told -> told.remove(told.first(DiskEvent.DiskScrubbed.class))),
            of(
                    "I24",
                    "a disk's number used again",
                    told -> told.after(
                            told.first(DiskEvent.DisksRequested.class),
                            "disks:2",
                            new DiskEvent.DisksRequested(
                                    OTHER,
                                    ACCOUNT,
                                    H1,
                                    POOL,
                                    List.of(new DiskSpec(
                                            DISK, "disk", 1, "raw", Optional.empty(), Optional.empty()))))),
            of(
                    "labels",
                    "a label twice",
                    told -> told.after(
                            told.first(TenantEvent.LabelTaken.class),
                            new TenantEvent.LabelTaken(ACCOUNT, OTHER, "web"))),
            of(
                    "labels",
                    "a stranger's label is freed",
                    told -> told.change(
                            told.first(TenantEvent.LabelFreed.class),
                            TenantEvent.LabelFreed.class,
                            it -> new TenantEvent.LabelFreed(ACCOUNT, LINODE, "other"))),
            of(
                    "volumes",
                    "attached where it is already",
                    told -> told.after(
                            told.first(VolumeEvent.VolumeAttached.class),
                            new VolumeEvent.VolumeAttachRequested(VOLUME, ACCOUNT, OTHER, DEVICE, true))),
            of(
                    "volumes",
                    "resized while a move holds it",
                    told -> told.after(
                            told.first(VolumeEvent.VolumeHeld.class),
                            new VolumeEvent.VolumeResizeRequested(VOLUME, ACCOUNT, H1, DEVICE, 40))),
            of(
                    "volumes",
                    "deleted while it is attached",
                    told -> told.after(
                            told.first(VolumeEvent.VolumeAttached.class),
                            new VolumeEvent.VolumeDeletionRequested(VOLUME, ACCOUNT, H1, DEVICE))),
            of("freed", "its room is kept", told -> told.remove(told.last(HostEvent.CapacityReleased.class))),
            of("freed", "its address is kept", told -> told.remove(told.last(AddressEvent.AddressReleased.class))),
            of("freed", "its label is kept", told -> told.remove(told.last(TenantEvent.LabelFreed.class))),
            of("freed", "a disk is left", told -> told.remove(told.last(DiskEvent.DiskScrubbed.class))),
            of("freed", "a volume is left", told -> told.remove(told.last(VolumeEvent.VolumeDetached.class))));
}

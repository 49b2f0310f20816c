package lpm.verify;

import static lpm.verify.GoodStory.ACCOUNT;
import static lpm.verify.GoodStory.DEVICE;
import static lpm.verify.GoodStory.DISK;
import static lpm.verify.GoodStory.H1;
import static lpm.verify.GoodStory.H2;
import static lpm.verify.GoodStory.H3;
import static lpm.verify.GoodStory.IP;
import static lpm.verify.GoodStory.LINODE;
import static lpm.verify.GoodStory.MAC;
import static lpm.verify.GoodStory.MOVE;
import static lpm.verify.GoodStory.POOL;
import static lpm.verify.GoodStory.REGION;
import static lpm.verify.GoodStory.SIZE;
import static lpm.verify.GoodStory.VOLUME;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import lpm.contracts.AccountId;
import lpm.contracts.BootSpec;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.Resources;
import lpm.contracts.VolumeId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.scheduler.AddressEvent;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.TenantEvent;
import lpm.contracts.storage.DiskEvent;
import lpm.contracts.storage.FenceEvent;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeTenantEvent;
import lpm.verify.history.Damaged;
import lpm.verify.history.Entry;
import lpm.verify.history.Place;
import lpm.verify.history.Unknown;

/** How the good story is broken, each for the invariant that must notice. */
final class Breaks {
    private static final LinodeId OTHER = LinodeId.of(2);

    private Breaks() {}

    record Break(String name, String what, Consumer<Told> change) {}

    private static Break of(String name, String what, Consumer<Told> change) {
        return new Break(name, what, change);
    }

    static final List<Break> ALL = List.of(
            // --- the log
            of("I5", "a move ends twice", told -> {
                Draft moved = told.first(LinodeEvent.LinodeMoved.class);
                told.after(moved, moved.data);
            }),
            of("I5", "a move never ends", told -> {
                told.remove(told.first(LinodeEvent.LinodeMoved.class));
                told.remove(told.first(LinodeEvent.LinodeTornDown.class));
                told.remove(told.first(LinodeEvent.LinodeDestroyRequested.class));
                told.remove(told.first(LinodeEvent.LinodeDeleted.class));
                told.last(TenantEvent.TenantLimited.class).at =
                        told.last(LinodeEvent.class).at.plusSeconds(7200);
            }),
            of(
                    "I6",
                    "a command is decided again",
                    told -> told.last(LinodeEvent.LinodeBooted.class).command =
                            told.first(LinodeEvent.LinodeBooted.class).command),
            of(
                    "I7",
                    "an event is missing",
                    told -> told.found(built -> built.stored
                            .get("scheduler")
                            .remove(built.with(LinodeEvent.LinodeBooted.class, built.stored.get("scheduler"))
                                    .getFirst()))),
            of(
                    "I7",
                    "an event is stored twice",
                    told -> told.found(built -> built.stored
                            .get("scheduler")
                            .add(built.stored.get("scheduler").getLast()))),
            of(
                    "I7",
                    "a report is missing",
                    told -> told.found(
                            built -> built.records.remove(built.with(HostReport.SourceReleased.class, built.records)
                                    .getFirst()))),
            of(
                    "I9",
                    "an event is not on its topic",
                    told -> told.found(
                            built -> built.records.remove(built.with(LinodeEvent.LinodeBooted.class, built.records)
                                    .getFirst()))),
            of(
                    "I9",
                    "an event is on the topic alone",
                    told -> told.found(built -> built.stored.get("scheduler").removeLast())),
            of(
                    "I9",
                    "two events of a key in the wrong order",
                    told -> told.found(built -> {
                        Entry late = built.with(LinodeEvent.LinodeBooted.class, built.records)
                                .getFirst();
                        built.records.remove(late);
                        built.records.add(late);
                    })),
            of(
                    "I9",
                    "published otherwise than stored",
                    told -> told.found(built -> {
                        Entry one = built.with(LinodeEvent.LinodeBooted.class, built.records)
                                .getFirst();
                        Record other = new LinodeEvent.LinodeBooted(LINODE, H2, 1, 1);
                        built.records.set(
                                built.records.indexOf(one),
                                new Entry(one.place(), one.message().withData(other)));
                    })),
            of(
                    "I25",
                    "a planted secret",
                    told -> told.after(
                            told.first(LinodeEvent.LinodePlaced.class),
                            new LinodeEvent.LinodePlacementFailed(LINODE, ACCOUNT, VerificationTest.CANARY))),
            of(
                    "I25",
                    "a password's hash",
                    told -> told.after(
                            told.first(LinodeEvent.LinodePlaced.class),
                            new LinodeEvent.LinodePlacementFailed(LINODE, ACCOUNT, "$6$saltsalt$hash"))),
            of("I30", "a parked reaction", told -> told.found(built -> built.stuck.add("linode:1: parked"))),
            of(
                    "I31",
                    "an event of tomorrow",
                    told -> told.after(
                            told.first(LinodeEvent.LinodeBooted.class),
                            new Unknown(JsonNodeFactory.instance.objectNode()))),
            of(
                    "I31",
                    "poison that nobody laid aside",
                    told -> told.found(built -> built.damaged.add(
                            new Damaged(new Place.OnTopic("lpm.storage.events", 0, 999, "volume:1"), "not JSON")))),
            of(
                    "causes",
                    "a cause that is nowhere",
                    told -> told.first(LinodeEvent.LinodeBooted.class).cause = UUID.randomUUID()),
            of(
                    "causes",
                    "an order with another event's number",
                    told -> told.first(HostCommand.BootLinode.class).numberedBy =
                            told.first(TenantEvent.LabelTaken.class).id),
            // --- owners
            of(
                    "I12",
                    "an order under an epoch that was never issued",
                    told -> told.change(
                            told.first(HostCommand.BootLinode.class),
                            HostCommand.BootLinode.class,
                            it -> new HostCommand.BootLinode(it.at(), it.linode(), 8, it.spec()))),
            of(
                    "I12",
                    "an order to another host than the epoch's",
                    told -> told.change(
                            told.first(HostCommand.BootLinode.class),
                            HostCommand.BootLinode.class,
                            it -> new HostCommand.BootLinode(H3, it.linode(), it.ownerEpoch(), it.spec()))),
            of(
                    "I12",
                    "an order to a registration there never was",
                    told -> told.change(
                            told.first(HostCommand.BootLinode.class),
                            HostCommand.BootLinode.class,
                            it -> new HostCommand.BootLinode(
                                    new HostRef(H1.host(), 3), it.linode(), it.ownerEpoch(), it.spec()))),
            of(
                    "I12",
                    "a host runs it under another one's epoch",
                    told -> told.change(
                            told.first(HostReport.LinodeBootObserved.class),
                            HostReport.LinodeBootObserved.class,
                            it -> new HostReport.LinodeBootObserved(H2, LINODE, 1, 1))),
            of("I13", "a fenced host is believed", told -> {
                Draft late = told.report(
                        "h2",
                        new HostReport.LinodeStopObserved(H2, LINODE, 2, HostReport.LinodeStopObserved.Cause.guest));
                told.moveBefore(late, told.first(HostEvent.HostFenced.class));
                told.after(
                                told.first(HostEvent.HostFenced.class),
                                "linode:1",
                                new LinodeEvent.LinodeStopped(LINODE, false, "guest"))
                        .cause = late.id;
            }),
            of("I17", "a migration ends twice", told -> {
                Draft end = told.first(MigrationEvent.MigrationCompleted.class);
                told.after(end, end.data);
            }),
            of("I17", "a migration begins twice", told -> {
                Draft start = told.first(MigrationEvent.MigrationStarted.class);
                told.after(start, start.data);
            }),
            of(
                    "I17",
                    "moved by an abort",
                    told -> told.first(MigrationEvent.MigrationCompleted.class).data = aborted(false)),
            of("I18", "given up on a host that is not out", told -> {
                told.remove(told.first(HostEvent.HostFenced.class));
            }),
            of(
                    "I18",
                    "recovered in a move",
                    told -> told.moveBefore(
                            told.first(LinodeEvent.LinodeMoved.class),
                            told.first(LinodeEvent.LinodeRecoveryPlaced.class))),
            of(
                    "I18",
                    "fenced on nobody's word",
                    told -> told.first(HostEvent.HostFenced.class).cause =
                            told.first(HostEvent.HostSuspected.class).id),
            of(
                    "I23",
                    "booted after its end",
                    told -> told.after(
                            told.first(LinodeEvent.LinodeDeleted.class),
                            new LinodeEvent.LinodeBooted(LINODE, H3, 3, 2))),
            of(
                    "I23",
                    "moved while it is lost",
                    told -> told.after(
                            told.first(LinodeEvent.LinodeLost.class),
                            new LinodeEvent.LinodeReplaced(LINODE, H2, H3, 9, SIZE, "tests"))),
            of(
                    "I34",
                    "another network card",
                    told -> told.change(
                            told.last(LinodeEvent.LinodeBootRequested.class),
                            LinodeEvent.LinodeBootRequested.class,
                            it -> new LinodeEvent.LinodeBootRequested(
                                    it.linode(), it.at(), it.ownerEpoch(), cardless(), false))),
            of(
                    "epochs",
                    "an epoch issued twice",
                    told -> told.change(
                            told.first(LinodeEvent.LinodeLost.class),
                            LinodeEvent.LinodeLost.class,
                            it -> new LinodeEvent.LinodeLost(
                                    LINODE, ACCOUNT, REGION, H2, 2, SIZE, List.of(), true, "fenced"))),
            of(
                    "epochs",
                    "a move under another host's epoch",
                    told -> told.change(
                            told.first(LinodeEvent.LinodeMoveRequested.class),
                            LinodeEvent.LinodeMoveRequested.class,
                            it -> new LinodeEvent.LinodeMoveRequested(
                                    LINODE, ACCOUNT, MOVE, it.mode(), H3, H2, 1, 2, it.spec(), 1000, "tests"))),
            of(
                    "hand-over",
                    "committed on the target's word",
                    told -> told.first(MigrationEvent.HandoverCommitted.class).cause =
                            told.first(HostReport.LinodeReceived.class).id),
            of("hand-over", "committed while the source still runs it", told -> {
                Draft released = told.first(HostReport.SourceReleased.class);
                released.data = new HostReport.LinodeDescribed(H1, Optional.of(MOVE), seen(DomainSeen.State.running));
            }),
            of(
                    "hand-over",
                    "committed by a timer",
                    told -> told.first(MigrationEvent.HandoverCommitted.class).cause =
                            told.first(MigrationEvent.TargetReceived.class).id),
            of(
                    "hand-over",
                    "committed before it was opened",
                    told -> told.moveBefore(
                            told.first(MigrationEvent.HandoverCommitted.class),
                            told.first(MigrationEvent.HandoverOpened.class))),
            of(
                    "hand-over",
                    "completed without a commit",
                    told -> told.remove(told.first(MigrationEvent.HandoverCommitted.class))),
            of("hand-over", "aborted within the window by a timer", told -> {
                Draft committed = told.first(MigrationEvent.HandoverCommitted.class);
                committed.data = aborted(true);
                committed.cause = told.first(MigrationEvent.TargetReceived.class).id;
            }),
            of(
                    "hand-over",
                    "resumed before the commit",
                    told -> told.first(HostCommand.ResumeLinode.class).cause =
                            told.first(MigrationEvent.TargetReceived.class).id),
            of(
                    "hand-over",
                    "sent before the window",
                    told -> told.first(HostCommand.SendLinode.class).cause =
                            told.first(MigrationEvent.TargetStorageReady.class).id),
            of(
                    "fence",
                    "a pool still lets the host in",
                    told -> told.change(
                            told.first(FenceEvent.FenceRequested.class),
                            FenceEvent.FenceRequested.class,
                            it -> new FenceEvent.FenceRequested(
                                    H2, REGION, H1, List.of(POOL, PoolId.of("hdd")), 20_000))),
            of("fence", "confirmed before its domains had the time to stop", told -> {
                Draft pool = told.first(FenceEvent.PoolFenced.class);
                told.first(FenceEvent.FenceConfirmed.class).at = pool.at.plusSeconds(9);
            }),
            of(
                    "fence",
                    "revoked by the host itself",
                    told -> told.change(
                            told.first(HostReport.LeaseRevoked.class),
                            HostReport.LeaseRevoked.class,
                            it -> new HostReport.LeaseRevoked(H2, POOL, H2, 21_000))),
            // --- resources
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

    static final List<Break> ALLOWED = List.of(
            of(
                    "I7",
                    "a report is told again",
                    told -> told.found(built -> built.records.add(
                            built.with(HostReport.class, built.records).getFirst()))),
            of(
                    "I9",
                    "the relay published again from the start",
                    told -> told.found(built -> built.records.addAll(List.copyOf(built.records)))),
            of(
                    "I9",
                    "not published yet",
                    told -> told.found(built -> {
                        Entry last = built.stored.get("scheduler").getLast();
                        built.records.removeIf(each ->
                                each.message().id().equals(last.message().id()));
                        built.published.put(
                                "scheduler", built.stored.get("scheduler").size() - 1L);
                    })),
            of(
                    "I9",
                    "stored after the stores were looked at",
                    told -> told.found(built -> built.since.add(
                            built.stored.get("scheduler").removeLast().message().id()))),
            of(
                    "I31",
                    "poison that was laid aside",
                    told -> told.found(built -> {
                        Place place = new Place.OnTopic("lpm.storage.events", 0, 999, "volume:1");
                        built.damaged.add(new Damaged(place, "not JSON"));
                        built.laidAside.add(place.toString());
                    })),
            of(
                    "causes",
                    "a command older than its topic keeps",
                    told -> told.found(built -> {
                        built.records.removeIf(each -> each.message().cause() != null);
                        built.cut.add("lpm.storage.commands");
                    })),
            of(
                    "hand-over",
                    "committed on the source's absence",
                    told -> told.first(HostReport.SourceReleased.class).data =
                            new HostReport.LinodeDescribed(H1, Optional.of(MOVE), seen(DomainSeen.State.absent))),
            of(
                    "I23",
                    "a volume's answer after the end",
                    told -> told.after(
                            told.first(LinodeEvent.LinodeDeleted.class),
                            new LinodeEvent.LinodeDeviceRefused(LINODE, VolumeId.of(3), true, "Not found"))));

    private static DomainSeen seen(DomainSeen.State state) {
        return new DomainSeen(LINODE, state, false, 1, 1, Optional.of(MOVE));
    }

    private static MigrationEvent.MigrationAborted aborted(boolean opened) {
        return new MigrationEvent.MigrationAborted(MOVE, LINODE, H1, H2, 1, 2, opened, false, false, "tests");
    }

    private static BootSpec cardless() {
        return new BootSpec(3, "web", SIZE, "linode/grub2", "/dev/sda", List.of(), List.of());
    }
}

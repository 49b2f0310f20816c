package lpm.verify;

import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.Nic;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.Topics;
import lpm.contracts.VolumeId;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.scheduler.AddressEvent;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.LinodeDetails;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeSizing;
import lpm.contracts.scheduler.TenantEvent;
import lpm.contracts.storage.DiskEvent;
import lpm.contracts.storage.FenceEvent;
import lpm.contracts.storage.StorageCommand;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeTenantEvent;

/**
 * A Linode is created, gets a volume, moves, loses its host, is recovered and deleted, and everything is as it should
 * be. Other tests change one thing about it.
 */
final class GoodStory {
    static final AccountId ACCOUNT = AccountId.of(7);
    static final LinodeId LINODE = LinodeId.of(1);
    static final VolumeId VOLUME = VolumeId.of(9);
    static final DiskId DISK = DiskId.of(4);
    static final MigrationId MOVE = MigrationId.of(5);
    static final Region REGION = Region.of("us-east");
    static final PoolId POOL = PoolId.of("ssd");
    static final Resources SIZE = new Resources(1, 1024);
    static final Resources HOST = new Resources(4, 4096);
    static final String MAC = "f2:3c:00:00:00:01";
    static final String IP = "192.0.2.1";
    static final HostRef H1 = ref("h1");
    static final HostRef H2 = ref("h2");
    static final HostRef H3 = ref("h3");
    static final BlockDevice DEVICE = new BlockDevice("sdb", BlockDevice.Kind.volume, VOLUME.value(), POOL, 20480);

    private static final DiskSpec SPEC = new DiskSpec(DISK, "disk", 25_000, "ext4", Optional.empty(), Optional.empty());

    private final Told told = new Told();

    private GoodStory() {}

    static Told tell() {
        GoodStory story = new GoodStory();
        List.of(H1, H2, H3).forEach(story::host);
        story.created();
        story.provisioned();
        story.booted(H1, 1, 1, story.told.last(LinodeEvent.LinodeDisksReady.class));
        story.attached();
        story.moved();
        story.fenced();
        story.recovered();
        story.torn();
        story.deleted();
        story.told.pass(120);
        story.event("tenant:8", new TenantEvent.TenantLimited(AccountId.of(8), 1, false), null);
        return story.told;
    }

    static HostRef ref(String host) {
        return new HostRef(HostId.of(host), 1);
    }

    static BootSpec spec(long generation) {
        return new BootSpec(
                generation, "web", SIZE, "linode/grub2", "/dev/sda", List.of(), List.of(new Nic(MAC, List.of(IP))));
    }

    private Draft event(String aggregate, Record data, Draft cause) {
        Draft draft = told.event("scheduler", aggregate, data, cause);
        if (aggregate.startsWith("linode:")) {
            draft.account = ACCOUNT.value();
        }
        return draft;
    }

    private Draft linode(Record data, Draft cause) {
        return event("linode:1", data, cause);
    }

    private Draft storage(String aggregate, Record data, Draft cause) {
        return told.event("storage", aggregate, data, cause);
    }

    private Draft migration(Record data, Draft cause) {
        return told.event("migration", "migration:5", data, cause);
    }

    private Draft order(HostCommand command, Draft cause) {
        return told.order(Topics.hostCommands(command.at().host()), command.aggregateId(), (Record) command, cause);
    }

    private void host(HostRef host) {
        String name = host.host().value();
        event("host:" + name, new HostEvent.HostEnrolled(host.host(), REGION, "r1", "u-" + name), null);
        Draft announced = told.report(
                name,
                new HostReport.HostAnnounced(
                        new HostRef(host.host(), 0), "i", REGION, HOST, List.of(POOL), "xen", "cpu", "uri", "key"));
        event(
                "host:" + name,
                new HostEvent.HostRegistered(
                        host.host(), 1, "i", REGION, HOST, List.of(POOL), "xen", "cpu", "uri", "key", List.of()),
                announced);
    }

    private void created() {
        event("tenant:7", new TenantEvent.TenantLimited(ACCOUNT, 2, false), null);
        Draft taken = event("tenant:7", new TenantEvent.LabelTaken(ACCOUNT, LINODE, "web"), null);
        event("address:" + IP, new AddressEvent.AddressAssigned(IP, REGION, LINODE), null);
        Draft created = linode(created(LINODE, MAC), null);
        created.command = taken.command;
        Draft held = event("host:h1", new HostEvent.CapacityReserved(H1.host(), LINODE, ACCOUNT, SIZE), created);
        linode(new LinodeEvent.LinodePlaced(LINODE, ACCOUNT, REGION, H1, 1, "d", List.of(SPEC)), held);
    }

    static LinodeEvent.LinodeCreated created(LinodeId linode, String mac) {
        return new LinodeEvent.LinodeCreated(
                linode,
                ACCOUNT,
                REGION,
                new LinodeDetails("web", "", List.of(), true, "migrate"),
                new LinodeSizing("g6-nanode-1", SIZE, 25_000, 1000),
                Optional.empty(),
                List.of(SPEC),
                Optional.empty(),
                true,
                mac,
                List.of(IP),
                "2001:db8::" + linode,
                Optional.empty());
    }

    private void provisioned() {
        Draft asked = told.order(
                Topics.STORAGE_COMMANDS,
                "disks:1",
                new StorageCommand.ProvisionDisks(LINODE, ACCOUNT, REGION, H1, List.of(SPEC)),
                told.last(LinodeEvent.LinodePlaced.class));
        Draft requested =
                storage("disks:1", new DiskEvent.DisksRequested(LINODE, ACCOUNT, H1, POOL, List.of(SPEC)), asked);
        order(new HostCommand.CreateDisk(H1, POOL, LINODE, SPEC), requested);
        Draft made = told.report("h1", new HostReport.DiskCreated(H1, LINODE, DISK, POOL, 25_000, Optional.empty()));
        storage("disks:1", new DiskEvent.DiskProvisioned(LINODE, DISK, POOL, 25_000), made);
        Draft all = storage("disks:1", new DiskEvent.DisksProvisioned(LINODE, List.of()), made);
        linode(new LinodeEvent.LinodeDisksReady(LINODE, List.of()), all);
    }

    private void booted(HostRef at, long epoch, long generation, Draft cause) {
        Draft asked = linode(new LinodeEvent.LinodeBootRequested(LINODE, at, epoch, spec(generation), false), cause);
        order(new HostCommand.BootLinode(at, LINODE, epoch, spec(generation)), asked);
        Draft seen = told.report(at.host().value(), new HostReport.LinodeBootObserved(at, LINODE, epoch, generation));
        linode(new LinodeEvent.LinodeBooted(LINODE, at, epoch, generation), seen);
    }

    private void attached() {
        storage("volume-tenant:7", new VolumeTenantEvent.VolumesLimited(ACCOUNT, 2, 100, false), null);
        storage("volume-tenant:7", new VolumeTenantEvent.VolumeLabelTaken(ACCOUNT, VOLUME, "data", 20), null);
        storage("volume:9", volume(VOLUME), null);
        storage("volume:9", new VolumeEvent.VolumeReady(VOLUME), null);
        Draft asked =
                storage("volume:9", new VolumeEvent.VolumeAttachRequested(VOLUME, ACCOUNT, LINODE, DEVICE, true), null);
        Draft plug = linode(new LinodeEvent.LinodeDeviceAttachRequested(LINODE, H1, 1, DEVICE), asked);
        order(new HostCommand.AttachDevice(H1, LINODE, 1, DEVICE), plug);
        Draft seen = told.report("h1", new HostReport.DeviceAttached(H1, LINODE, 1, DEVICE));
        Draft done = linode(new LinodeEvent.LinodeDeviceAttached(LINODE, VOLUME, DEVICE), seen);
        storage("volume:9", new VolumeEvent.VolumeAttached(VOLUME, LINODE, "sdb"), done);
    }

    static VolumeEvent.VolumeCreated volume(VolumeId volume) {
        return new VolumeEvent.VolumeCreated(
                volume, ACCOUNT, "data", REGION, 20, POOL, H1, List.of(), Optional.empty(), Optional.empty());
    }

    private void moved() {
        event("host:h2", new HostEvent.CapacityReserved(H2.host(), LINODE, ACCOUNT, SIZE), null);
        Draft wish = linode(
                new LinodeEvent.LinodeMoveRequested(
                        LINODE, ACCOUNT, MOVE, Mode.live, H1, H2, 1, 2, spec(1), 1000, "tests"),
                null);
        Draft started = migration(
                new MigrationEvent.MigrationStarted(MOVE, LINODE, ACCOUNT, Mode.live, H1, H2, 1, 2, spec(1), 1000),
                wish);
        storage("volume:9", new VolumeEvent.VolumeHeld(VOLUME, MOVE), started);
        Draft ready = migration(new MigrationEvent.TargetStorageReady(MOVE, LINODE, H2, 2, spec(1)), started);
        order(new HostCommand.PrepareIncoming(H2, MOVE, LINODE, 2, spec(1)), ready);
        Draft waits = told.report("h2", new HostReport.IncomingReady(H2, MOVE, LINODE, "uri"));
        Draft opened =
                migration(new MigrationEvent.HandoverOpened(MOVE, LINODE, Mode.live, H1, H2, 1, 2, "uri", 1000), waits);
        order(new HostCommand.SendLinode(H1, MOVE, LINODE, 1, 2, H2.host(), "uri", 1000), opened);
        Draft received = told.report("h2", new HostReport.LinodeReceived(H2, MOVE, LINODE));
        migration(new MigrationEvent.TargetReceived(MOVE, LINODE), received);
        Draft released = told.report("h1", new HostReport.SourceReleased(H1, MOVE, LINODE, 40));
        Draft committed = migration(
                new MigrationEvent.HandoverCommitted(
                        MOVE, LINODE, H2, 2, Optional.empty(), "source released", Optional.of(40L)),
                released);
        order(new HostCommand.ResumeLinode(H2, MOVE, LINODE, 2), committed);
        Draft resumed = told.report("h2", new HostReport.LinodeResumed(H2, MOVE, LINODE, 2, 80));
        Draft completed = migration(
                new MigrationEvent.MigrationCompleted(
                        MOVE, LINODE, H1, H2, 2, Optional.empty(), Optional.of(40L), Optional.of(80L)),
                resumed);
        storage("volume:9", new VolumeEvent.VolumeReleased(VOLUME, MOVE), completed);
        Draft there = linode(new LinodeEvent.LinodeMoved(LINODE, MOVE, H1, H2, 2, SIZE), completed);
        event("host:h1", new HostEvent.CapacityReleased(H1.host(), LINODE, SIZE), there);
    }

    private void fenced() {
        event("host:h2", new HostEvent.HostSuspected(H2.host(), 1, 10_000), null);
        Draft wish = event("host:h2", new HostEvent.HostFenceRequested(H2, REGION, false, "silent"), null);
        Draft asked = storage("fence:h2", new FenceEvent.FenceRequested(H2, REGION, H1, List.of(POOL), 20_000), wish);
        order(new HostCommand.RevokeLease(H1, POOL, H2, 20_000), asked);
        Draft revoked = told.report("h1", new HostReport.LeaseRevoked(H1, POOL, H2, 21_000));
        storage("fence:h2", new FenceEvent.PoolFenced(H2, POOL, 20_000), revoked);
        told.pass(10);
        Draft confirmed = storage("fence:h2", new FenceEvent.FenceConfirmed(H2), asked);
        event("host:h2", new HostEvent.HostFenced(H2, REGION, List.of(LINODE)), confirmed);
    }

    private void recovered() {
        Draft lost = linode(
                new LinodeEvent.LinodeLost(LINODE, ACCOUNT, REGION, H2, 3, SIZE, List.of(), true, "fenced"),
                told.last(HostEvent.HostFenced.class));
        Draft held = event("host:h3", new HostEvent.CapacityReserved(H3.host(), LINODE, ACCOUNT, SIZE), lost);
        Draft placed = linode(new LinodeEvent.LinodeRecoveryPlaced(LINODE, H2, H3, 3, List.of(), "d2"), held);
        event("host:h2", new HostEvent.CapacityReleased(H2.host(), LINODE, SIZE), placed);
        booted(H3, 3, 2, placed);
    }

    private void torn() {
        linode(new LinodeEvent.LinodeDeletionRequested(LINODE, ACCOUNT, Optional.empty()), null);
        Draft destroy = linode(new LinodeEvent.LinodeDestroyRequested(LINODE, H3, 3), null);
        order(new HostCommand.DestroyLinode(H3, LINODE, 3), destroy);
        Draft gone = told.report("h3", new HostReport.LinodeDestroyed(H3, LINODE, 3));
        Draft torn = linode(new LinodeEvent.LinodeTornDown(LINODE, H3, List.of(DISK), List.of(VOLUME)), gone);
        storage("volume:9", new VolumeEvent.VolumeDetached(VOLUME, LINODE), torn);
        Draft asked = storage("disks:1", new DiskEvent.DisksDeletionRequested(LINODE, H3, List.of()), torn);
        storage("disks:1", new DiskEvent.DiskScrubbed(LINODE, DISK), asked);
        storage("disks:1", new DiskEvent.DisksDeleted(LINODE, List.of(DISK)), asked);
    }

    private void deleted() {
        Draft deleted = linode(
                new LinodeEvent.LinodeDeleted(LINODE, ACCOUNT, Optional.of(H3), "web", List.of(IP)),
                told.last(DiskEvent.DisksDeleted.class));
        event("host:h3", new HostEvent.CapacityReleased(H3.host(), LINODE, SIZE), deleted);
        event("address:" + IP, new AddressEvent.AddressReleased(IP, REGION, LINODE), deleted);
        event("tenant:7", new TenantEvent.LabelFreed(ACCOUNT, LINODE, "web"), deleted);
    }
}

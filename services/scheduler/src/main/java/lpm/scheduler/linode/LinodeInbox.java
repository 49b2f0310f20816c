package lpm.scheduler.linode;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.LinodeId;
import lpm.contracts.account.AccountEvent.AccountSuspended;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.HostReport;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.storage.DiskEvent;
import lpm.contracts.storage.VolumeEvent;
import lpm.platform.Inbox;
import lpm.scheduler.linode.LinodeCommand.*;

/** What hosts, storage, migration and account say about Linodes. */
public final class LinodeInbox implements Inbox {
    private static final String SUBJECT = "linode:";

    @Override
    public List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case HostReport report when isOwn(message, report) -> ofHost(report);
            case DiskEvent.DisksRequested event -> secretsFor(event);
            case DiskEvent event -> ofDisks(event).stream().toList();
            case VolumeEvent event -> ofVolume(event).stream().toList();
            case MigrationEvent event -> ofMigration(event).stream().toList();
            case AccountSuspended event -> List.of(new StopLinodesOf(event.account()));
            default -> List.of();
        };
    }

    /** A host speaks for itself only. */
    private static boolean isOwn(Envelope<?> message, HostReport report) {
        return message.aggregateId().startsWith("report:" + report.by().host() + "/");
    }

    private static List<Command> ofHost(HostReport report) {
        return switch (report) {
            case HostReport.LinodeBootObserved e ->
                List.of(new NoteBooted(e.linode(), e.by(), e.ownerEpoch(), e.generation()));
            case HostReport.LinodeBootFailed e ->
                List.of(new NoteBootFailed(e.linode(), e.by(), e.ownerEpoch(), e.generation(), e.reason()));
            case HostReport.LinodeRebootObserved e ->
                List.of(new NoteRebooted(e.linode(), e.by(), e.ownerEpoch(), e.generation()));
            case HostReport.LinodeStopObserved e ->
                List.of(new NoteStopped(
                        e.linode(), e.by(), e.ownerEpoch(), e.cause().name()));
            case HostReport.LinodeDestroyed e -> List.of(new NoteDestroyed(e.linode(), e.by(), e.ownerEpoch()));
            case HostReport.DeviceAttached e ->
                List.of(new NoteDeviceAttached(e.linode(), e.by(), e.ownerEpoch(), e.device()));
            case HostReport.DeviceDetached e ->
                List.of(new NoteDeviceDetached(e.linode(), e.by(), e.ownerEpoch(), e.device()));
            case HostReport.DeviceRefused e ->
                List.of(new NoteDeviceRefused(e.linode(), e.by(), e.ownerEpoch(), e.device(), e.reason()));
            // What answers a migration's question may be older than our last order.
            case HostReport.LinodeDescribed e ->
                List.of(new NoteSeen(
                        e.seen().linode(), e.by(), e.seen(), e.migration().isEmpty()));
            case HostReport.InventoryReported e -> ofInventory(e);
            case HostReport.CommandRefused e -> ofRefusal(e).stream().toList();
            default -> List.of();
        };
    }

    private static List<Command> ofInventory(HostReport.InventoryReported e) {
        Stream<Command> shown = e.domains().stream().map(each -> new NoteSeen(each.linode(), e.by(), each, false));
        Stream<Command> missing = e.complete()
                ? Stream.of(new ReconcileHost(
                        e.by(), e.domains().stream().map(DomainSeen::linode).toList()))
                : Stream.empty();
        return Stream.concat(shown, missing).toList();
    }

    private static Optional<Command> ofRefusal(HostReport.CommandRefused e) {
        if (!e.subject().matches(SUBJECT + "[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        LinodeId linode = new LinodeId(Long.parseLong(e.subject().substring(SUBJECT.length())));
        return Optional.of(new NoteOrderRefused(linode, e.by(), e.commandType(), e.reason()));
    }

    private static List<Command> secretsFor(DiskEvent.DisksRequested e) {
        return e.disks().stream()
                .flatMap(disk -> disk.secretRef().stream())
                .<Command>map(ref -> new WantSecret(e.linode(), e.at(), ref))
                .toList();
    }

    private static Optional<Command> ofDisks(DiskEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case DiskEvent.DisksProvisioned e -> new NoteDisksProvisioned(e.linode(), e.devices());
                    case DiskEvent.DisksRefused e -> new NoteDisksRefused(e.linode(), e.disks(), e.reason());
                    case DiskEvent.DiskResized e -> new NoteDiskResized(e.linode(), e.disk(), e.newSizeMib());
                    case DiskEvent.DiskResizeRefused e -> new NoteDiskResizeRefused(e.linode(), e.disk(), e.reason());
                    case DiskEvent.DisksDeleted e -> new NoteDisksDeleted(e.linode(), e.disks());
                    case DiskEvent.DisksTakenOver e -> new NoteDisksTakenOver(e.linode(), e.ownerEpoch());
                    default -> null;
                });
    }

    private static Optional<Command> ofVolume(VolumeEvent event) {
        return switch (event) {
            case VolumeEvent.VolumeAttachRequested e ->
                Optional.of(new AttachVolume(e.linode(), e.account(), e.volume(), e.device()));
            case VolumeEvent.VolumeDetachRequested e ->
                Optional.of(new DetachVolume(e.linode(), e.volume(), e.device()));
            default -> Optional.empty();
        };
    }

    private static Optional<Command> ofMigration(MigrationEvent event) {
        return switch (event) {
            case MigrationEvent.MigrationCompleted e ->
                Optional.of(new NoteMoved(e.linode(), e.migration(), e.target(), e.ownerEpoch()));
            case MigrationEvent.MigrationAborted e ->
                Optional.of(new NoteMoveAborted(e.linode(), e.migration(), e.sourceFenced(), e.reason()));
            case MigrationEvent.MigrationLost e -> Optional.of(new NoteMoveLost(e.linode(), e.migration(), e.reason()));
            default -> Optional.empty();
        };
    }
}

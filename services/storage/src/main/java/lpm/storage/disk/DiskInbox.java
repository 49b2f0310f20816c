package lpm.storage.disk;

import java.util.List;
import lpm.contracts.BlockDevice;
import lpm.contracts.Command;
import lpm.contracts.DiskId;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.host.HostReport.BytesDeleted;
import lpm.contracts.host.HostReport.BytesResizeFailed;
import lpm.contracts.host.HostReport.BytesResized;
import lpm.contracts.host.HostReport.DiskCreated;
import lpm.contracts.host.HostReport.DiskFailed;
import lpm.contracts.host.HostReport.LocksTaken;
import lpm.contracts.storage.StorageCommand.DeleteDisks;
import lpm.contracts.storage.StorageCommand.ProvisionDisks;
import lpm.contracts.storage.StorageCommand.ResizeDisk;
import lpm.contracts.storage.StorageCommand.TakeOverDisks;
import lpm.platform.Inbox;

/** Translates the scheduler's orders about disks and the hosts' facts about bytes. */
final class DiskInbox implements Inbox {
    @Override
    public List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case ProvisionDisks it ->
                List.of(new PlaceDisks(it.linode(), it.account(), it.region(), it.at(), it.disks()));
            case ResizeDisk it -> List.of(new DiskCommand.Resize(it.linode(), it.at(), it.disk(), it.newSizeMib()));
            case DeleteDisks it -> List.of(new DiskCommand.Delete(it.linode(), it.at(), it.disks()));
            case TakeOverDisks it ->
                List.of(new DiskCommand.TakeOver(it.linode(), it.to(), it.ownerEpoch(), it.devices()));
            case DiskCreated it ->
                List.of(new DiskCommand.NoteCreated(it.linode(), it.disk(), it.pool(), it.sizeMib()));
            case DiskFailed it -> List.of(new DiskCommand.NoteFailed(it.linode(), it.disk(), it.by(), it.reason()));
            case LocksTaken it -> List.of(new DiskCommand.NoteLocksTaken(it.linode(), it.ownerEpoch()));
            case BytesDeleted it -> about(it.device(), it.by(), RelateDisk.Fact.scrubbed, 0, "");
            case BytesResized it -> about(it.device(), it.by(), RelateDisk.Fact.resized, it.newSizeMib(), "");
            case BytesResizeFailed it -> about(it.device(), it.by(), RelateDisk.Fact.resizeFailed, 0, it.reason());
            default -> List.of();
        };
    }

    private static List<Command> about(
            BlockDevice device, HostRef by, RelateDisk.Fact fact, long sizeMib, String reason) {
        return device.kind() == BlockDevice.Kind.disk
                ? List.of(new RelateDisk(DiskId.of(device.id()), by, fact, sizeMib, reason))
                : List.of();
    }
}

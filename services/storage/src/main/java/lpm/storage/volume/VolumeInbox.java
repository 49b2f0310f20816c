package lpm.storage.volume;

import java.util.List;
import java.util.function.Function;
import lpm.contracts.BlockDevice;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.VolumeId;
import lpm.contracts.host.HostReport.BytesDeleted;
import lpm.contracts.host.HostReport.BytesResizeFailed;
import lpm.contracts.host.HostReport.BytesResized;
import lpm.contracts.host.HostReport.VolumeBytesCreated;
import lpm.contracts.host.HostReport.VolumeBytesFailed;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceAttached;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceDetached;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceRefused;
import lpm.contracts.scheduler.LinodeEvent.LinodeTornDown;
import lpm.platform.Inbox;
import lpm.storage.volume.VolumeCommand.NoteAttached;
import lpm.storage.volume.VolumeCommand.NoteCreateFailed;
import lpm.storage.volume.VolumeCommand.NoteCreated;
import lpm.storage.volume.VolumeCommand.NoteDetached;
import lpm.storage.volume.VolumeCommand.NoteRefused;
import lpm.storage.volume.VolumeCommand.NoteResizeFailed;
import lpm.storage.volume.VolumeCommand.NoteResized;
import lpm.storage.volume.VolumeCommand.NoteScrubbed;

/** Translates the hosts' facts about bytes and the Linodes' word about their devices. */
final class VolumeInbox implements Inbox {
    @Override
    public List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case VolumeBytesCreated it -> about(it.device(), NoteCreated::new);
            case VolumeBytesFailed it ->
                about(it.device(), volume -> new NoteCreateFailed(volume, it.by(), it.reason()));
            case BytesResized it -> about(it.device(), volume -> new NoteResized(volume, it.newSizeMib()));
            case BytesResizeFailed it ->
                about(it.device(), volume -> new NoteResizeFailed(volume, it.by(), it.reason()));
            case BytesDeleted it -> about(it.device(), NoteScrubbed::new);
            case LinodeDeviceAttached it ->
                List.of(new NoteAttached(it.volume(), it.linode(), it.device().slot()));
            case LinodeDeviceRefused it -> List.of(new NoteRefused(it.volume(), it.linode(), it.attach(), it.reason()));
            case LinodeDeviceDetached it -> List.of(new NoteDetached(it.volume(), it.linode()));
            case LinodeTornDown it ->
                it.volumes().stream()
                        .<Command>map(volume -> new NoteDetached(volume, it.linode()))
                        .toList();
            default -> List.of();
        };
    }

    private static List<Command> about(BlockDevice device, Function<VolumeId, Command> note) {
        return device.kind() == BlockDevice.Kind.volume ? List.of(note.apply(VolumeId.of(device.id()))) : List.of();
    }
}

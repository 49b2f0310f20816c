package lpm.storage.disk;

import static lpm.platform.Reaction.remind;
import static lpm.platform.Reaction.send;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lpm.contracts.BlockDevice;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostCommand.CreateDisk;
import lpm.contracts.host.HostCommand.DeleteBytes;
import lpm.contracts.host.HostCommand.ResizeBytes;
import lpm.contracts.host.HostCommand.TakeLocks;
import lpm.contracts.storage.DiskEvent;
import lpm.contracts.storage.DiskEvent.DiskProvisioned;
import lpm.contracts.storage.DiskEvent.DiskResizeRefused;
import lpm.contracts.storage.DiskEvent.DiskResizeRequested;
import lpm.contracts.storage.DiskEvent.DiskResized;
import lpm.contracts.storage.DiskEvent.DiskScrubbed;
import lpm.contracts.storage.DiskEvent.DisksDeleted;
import lpm.contracts.storage.DiskEvent.DisksDeletionRequested;
import lpm.contracts.storage.DiskEvent.DisksProvisioned;
import lpm.contracts.storage.DiskEvent.DisksRefused;
import lpm.contracts.storage.DiskEvent.DisksRequested;
import lpm.contracts.storage.DiskEvent.DisksTakeOverRequested;
import lpm.contracts.storage.DiskEvent.DisksTakenOver;
import lpm.platform.Process;
import lpm.platform.Reaction;
import lpm.storage.disk.DiskCommand.Work;

/** Sends the work to hosts, each time with a reminder to ask again while no answer comes. */
final class DiskProcess implements Process<DiskEvent> {
    static final Duration PATIENCE = Duration.ofSeconds(15);

    @Override
    public List<Reaction> react(Envelope<DiskEvent> event) {
        return switch (event.data()) {
            case DisksRequested it ->
                asked(
                        event,
                        Work.provision,
                        it.at(),
                        it.disks().stream()
                                .map(disk -> new CreateDisk(it.at(), it.pool(), it.linode(), disk))
                                .toList());
            case DiskResizeRequested it ->
                asked(event, Work.resize, it.at(), List.of(new ResizeBytes(it.at(), device(it), it.newSizeMib())));
            case DisksDeletionRequested it ->
                asked(
                        event,
                        Work.delete,
                        it.at(),
                        it.devices().stream()
                                .map(device -> new DeleteBytes(it.at(), device))
                                .toList());
            case DisksTakeOverRequested it ->
                asked(
                        event,
                        Work.takeOver,
                        it.to(),
                        List.of(new TakeLocks(it.to(), it.linode(), it.ownerEpoch(), it.devices())));
            case DiskProvisioned _, DisksProvisioned _, DisksRefused _, DiskResized _ -> List.of();
            case DiskResizeRefused _, DiskScrubbed _, DisksDeleted _, DisksTakenOver _ -> List.of();
        };
    }

    private static BlockDevice device(DiskResizeRequested it) {
        return new BlockDevice("", BlockDevice.Kind.disk, it.disk().value(), it.pool(), it.sizeMib());
    }

    private static List<Reaction> asked(
            Envelope<DiskEvent> event, Work work, HostRef at, List<? extends HostCommand> orders) {
        List<Reaction> all = new ArrayList<>();
        orders.forEach(order -> all.add(send(order)));
        Long sequence = event.sequence();
        long number = sequence == null ? -1 : sequence;
        all.add(remind(PATIENCE, new RecheckDisks(event.data().linode(), work, number, at)));
        return all;
    }
}

package lpm.storage.volume;

import static lpm.platform.Reaction.remind;
import static lpm.platform.Reaction.send;

import java.time.Duration;
import java.util.List;
import lpm.contracts.AccountId;
import lpm.contracts.Envelope;
import lpm.contracts.VolumeId;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostCommand.CreateVolumeBytes;
import lpm.contracts.host.HostCommand.DeleteBytes;
import lpm.contracts.host.HostCommand.ResizeBytes;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeEvent.VolumeCreateFailed;
import lpm.contracts.storage.VolumeEvent.VolumeDeleted;
import lpm.contracts.storage.VolumeEvent.VolumeResizeFailed;
import lpm.contracts.storage.VolumeEvent.VolumeWorkOrdered;
import lpm.platform.Process;
import lpm.platform.Reaction;
import lpm.storage.tenant.TenantCommand;

/**
 * Orders work on the bytes of a host, with a reminder to ask again, and gives the tenant back what a volume no
 * longer takes. Attaching and detaching need nothing here: the scheduler hears the request and answers.
 */
final class VolumeProcess implements Process<VolumeEvent> {
    static final Duration PATIENCE = Duration.ofSeconds(15);

    @Override
    public List<Reaction> react(Envelope<VolumeEvent> event) {
        return switch (event.data()) {
            case VolumeWorkOrdered it -> order(it, event.sequence() == null ? -1 : event.sequence());
            case VolumeCreateFailed it -> free(it.account(), it.volume());
            case VolumeDeleted it -> free(it.account(), it.volume());
            case VolumeResizeFailed it ->
                List.of(send(new TenantCommand.GiveRoomBack(it.account(), it.volume(), it.sizeGib())));
            default -> List.of();
        };
    }

    private static List<Reaction> order(VolumeWorkOrdered it, long number) {
        HostCommand order =
                switch (it.work()) {
                    case create -> new CreateVolumeBytes(it.at(), it.device(), it.cloneOf());
                    case resize -> new ResizeBytes(it.at(), it.device(), it.newSizeMib());
                    case delete -> new DeleteBytes(it.at(), it.device());
                };
        return List.of(send(order), remind(PATIENCE, new RecheckVolume(it.volume(), number)));
    }

    private static List<Reaction> free(AccountId account, VolumeId volume) {
        return List.of(send(new TenantCommand.Free(account, volume)));
    }
}

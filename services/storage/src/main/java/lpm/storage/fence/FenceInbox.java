package lpm.storage.fence;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.host.HostReport.LeaseFresh;
import lpm.contracts.host.HostReport.LeaseRevoked;
import lpm.contracts.storage.StorageCommand.FenceHost;
import lpm.platform.Inbox;

/** Translates the scheduler's order to fence and the acting host's facts. */
final class FenceInbox implements Inbox {
    @Override
    public List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case FenceHost it ->
                List.of(new PlanFence(
                        it.fenced(), it.region(), it.declaredDead(), FenceCommand.FIRST, Optional.empty()));
            case LeaseRevoked it ->
                List.of(new FenceCommand.NoteRevoked(it.revoked(), it.pool(), it.unrenewedForMillis()));
            case LeaseFresh it -> List.of(new FenceCommand.NoteFresh(it.revoked(), it.pool(), it.unrenewedForMillis()));
            default -> List.of();
        };
    }
}

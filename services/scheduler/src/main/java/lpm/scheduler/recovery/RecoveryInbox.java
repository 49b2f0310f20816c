package lpm.scheduler.recovery;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.platform.Inbox;
import lpm.scheduler.recovery.RecoveryCommand.StartRecovery;

/**
 * Hears this service's own host events from their topic. A host that comes back under a newer epoch counts like a
 * fenced one for what it held before.
 */
public final class RecoveryInbox implements Inbox {
    @Override
    public List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case HostFenced e -> List.of(new StartRecovery(e.fenced(), e.linodes(), true));
            case HostRegistered e
            when !e.heldBefore().isEmpty() ->
                List.of(new StartRecovery(new HostRef(e.host(), e.hostEpoch() - 1), e.heldBefore(), false));
            default -> List.of();
        };
    }
}

package lpm.storage.move;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.host.HostReport.DevicesConnected;
import lpm.contracts.host.HostReport.DevicesRefused;
import lpm.contracts.storage.StorageCommand.AbortMove;
import lpm.contracts.storage.StorageCommand.FinishMove;
import lpm.contracts.storage.StorageCommand.PrepareMove;
import lpm.platform.Inbox;

/** Translates migration's orders and the target's facts. */
final class MoveInbox implements Inbox {
    @Override
    public List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case PrepareMove it ->
                List.of(new PlanMove(it.migration(), it.linode(), it.source(), it.target(), it.devices()));
            case FinishMove it -> List.of(new MoveCommand.Finish(it.migration()));
            case AbortMove it -> List.of(new MoveCommand.Abort(it.migration()));
            case DevicesConnected it -> List.of(new MoveCommand.NoteConnected(it.migration(), it.by()));
            case DevicesRefused it -> List.of(new MoveCommand.NoteUnreachable(it.migration(), it.by(), it.reason()));
            default -> List.of();
        };
    }
}

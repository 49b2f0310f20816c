package lpm.storage.move;

import static lpm.platform.Reaction.remind;
import static lpm.platform.Reaction.send;

import java.time.Duration;
import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.host.HostCommand.ConnectDevices;
import lpm.contracts.storage.MoveEvent;
import lpm.contracts.storage.MoveEvent.MoveFinished;
import lpm.contracts.storage.MoveEvent.MovePrepared;
import lpm.contracts.storage.MoveEvent.MoveRefused;
import lpm.contracts.storage.MoveEvent.MoveReleased;
import lpm.contracts.storage.MoveEvent.MoveRequested;
import lpm.platform.Process;
import lpm.platform.Reaction;

/** Has the target connect the devices, and lets the volumes go when the hold ends. */
final class MoveProcess implements Process<MoveEvent> {
    static final Duration PATIENCE = Duration.ofSeconds(15);

    @Override
    public List<Reaction> react(Envelope<MoveEvent> event) {
        return switch (event.data()) {
            case MoveRequested it ->
                List.of(
                        send(new ConnectDevices(it.target(), it.migration(), it.linode(), it.devices())),
                        remind(
                                PATIENCE,
                                new MoveCommand.AskAgain(
                                        it.migration(), event.sequence() == null ? -1 : event.sequence())));
            case MovePrepared _ -> List.of();
            case MoveRefused it -> List.of(send(new EndHold(it.migration())));
            case MoveFinished it -> List.of(send(new EndHold(it.migration())));
            case MoveReleased it -> List.of(send(new EndHold(it.migration())));
        };
    }
}

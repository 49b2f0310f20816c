package lpm.scheduler.recovery;

import java.util.ArrayList;
import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.RecoveryEvent;
import lpm.contracts.scheduler.RecoveryEvent.LinodesCalled;
import lpm.contracts.scheduler.RecoveryEvent.RecoveryCompleted;
import lpm.contracts.scheduler.RecoveryEvent.RecoveryStarted;
import lpm.platform.Process;
import lpm.platform.Reaction;
import lpm.scheduler.linode.LinodeCommand.NoteHostLost;
import lpm.scheduler.linode.LinodeCommand.NoteHostRegistered;
import lpm.scheduler.recovery.RecoveryCommand.CallNext;

/** Tells each Linode; whether it is lost, waits for a migration, or has left already, it decides itself. */
public final class RecoveryProcess implements Process<RecoveryEvent> {
    @Override
    public List<Reaction> react(Envelope<RecoveryEvent> event) {
        return switch (event.data()) {
            case RecoveryStarted e ->
                List.of(Reaction.send(new CallNext(e.lost(), e.linodes().size())));
            case LinodesCalled e -> called(e);
            case RecoveryCompleted _ -> List.of();
        };
    }

    private static List<Reaction> called(LinodesCalled event) {
        List<Reaction> reactions = new ArrayList<>();
        event.linodes().forEach(linode -> reactions.add(Reaction.send(told(event, linode))));
        if (event.remaining() > 0) {
            reactions.add(Reaction.send(new CallNext(event.lost(), event.remaining())));
        }
        return reactions;
    }

    private static Command told(LinodesCalled event, LinodeId linode) {
        HostRef lost = event.lost();
        return event.fenced()
                ? new NoteHostLost(linode, lost, true)
                : new NoteHostRegistered(linode, new HostRef(lost.host(), lost.hostEpoch() + 1));
    }
}

package lpm.scheduler.drain;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.scheduler.HostEvent.CapacityReleased;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoveAborted;
import lpm.platform.Inbox;

/**
 * Hears this service's own events, which it reads from their topic like any other fact. That a host holds nothing for a
 * Linode any more is the sign that the Linode has left, whichever way.
 */
public final class DrainInbox implements Inbox {
    @Override
    public List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case CapacityReleased e -> List.of(new DrainNews(e.host(), e.linode(), Optional.empty()));
            case LinodeMoveAborted e -> List.of(new DrainNews(e.source().host(), e.linode(), Optional.of(e.reason())));
            default -> List.of();
        };
    }
}

package lpm.scheduler.rebalance;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeleted;
import lpm.contracts.scheduler.LinodeEvent.LinodeLost;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoveAborted;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoved;
import lpm.contracts.scheduler.LinodeEvent.LinodeReplaced;
import lpm.platform.Inbox;

/** Hears from this service's own topic how Linodes' moves end. */
public final class RebalanceInbox implements Inbox {
    @Override
    public List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case LinodeMoved e -> List.of(new RebalanceNews(e.linode(), true, "moved"));
            case LinodeReplaced e -> List.of(new RebalanceNews(e.linode(), true, "has another host"));
            case LinodeMoveAborted e -> List.of(new RebalanceNews(e.linode(), false, e.reason()));
            case LinodeLost e -> List.of(new RebalanceNews(e.linode(), false, e.because()));
            case LinodeDeleted e -> List.of(new RebalanceNews(e.linode(), false, "deleted"));
            default -> List.of();
        };
    }
}

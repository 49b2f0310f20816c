package lpm.scheduler.rebalance;

import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.scheduler.RebalanceEvent;
import lpm.contracts.scheduler.RebalanceEvent.MoveSkipped;
import lpm.contracts.scheduler.RebalanceEvent.RebalanceCompleted;
import lpm.contracts.scheduler.RebalanceEvent.RebalanceMoveEnded;
import lpm.contracts.scheduler.RebalanceEvent.RebalanceMoveStarted;
import lpm.contracts.scheduler.RebalanceEvent.RebalancePlanned;
import lpm.platform.Process;
import lpm.platform.Reaction;

/** Every step asks for the next one, until there is none. */
public final class RebalanceProcess implements Process<RebalanceEvent> {
    @Override
    public List<Reaction> react(Envelope<RebalanceEvent> event) {
        return switch (event.data()) {
            case RebalancePlanned e -> next(e.rebalance());
            case RebalanceMoveStarted e -> next(e.rebalance());
            case RebalanceMoveEnded e -> next(e.rebalance());
            case MoveSkipped e -> next(e.rebalance());
            case RebalanceCompleted _ -> List.of();
        };
    }

    private static List<Reaction> next(long rebalance) {
        return List.of(Reaction.send(new NextRebalanceMove(rebalance)));
    }
}

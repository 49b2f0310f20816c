package lpm.scheduler.rebalance;

import lpm.contracts.Command;

/** The question: which move of the plan comes next, and does it still help? */
public record NextRebalanceMove(long rebalance) implements Command {
    @Override
    public String aggregateId() {
        return "rebalance:" + rebalance;
    }
}

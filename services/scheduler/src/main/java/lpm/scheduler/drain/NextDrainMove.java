package lpm.scheduler.drain;

import lpm.contracts.Command;

/** The question: who leaves next, or is the host empty? */
public record NextDrainMove(long drain) implements Command {
    @Override
    public String aggregateId() {
        return "drain:" + drain;
    }
}

package lpm.scheduler.linode;

import lpm.contracts.AccountId;
import lpm.contracts.Command;

/** The question: which Linodes of a suspended account run? */
public record StopLinodesOf(AccountId account) implements Command {
    @Override
    public String aggregateId() {
        return account.aggregateId();
    }
}

package lpm.account.customer;

import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.Limits;

/** Orders to an account; all come in by the API. */
public sealed interface CustomerCommand extends Command {
    AccountId account();

    @Override
    default String aggregateId() {
        return account().aggregateId();
    }

    /** A new tenant. */
    record OpenAccount(AccountId account, String euuid, Limits limits) implements CustomerCommand {}

    /** More or less from now on. */
    record ChangeLimits(AccountId account, Limits limits) implements CustomerCommand {}

    /** No more writes. */
    record SuspendAccount(AccountId account, String reason) implements CustomerCommand {}

    /** Writes again. */
    record ResumeAccount(AccountId account) implements CustomerCommand {}

    /** What new Linodes inherit. */
    record ChangeSettings(AccountId account, String maintenancePolicy, boolean backupsEnabled)
            implements CustomerCommand {}
}

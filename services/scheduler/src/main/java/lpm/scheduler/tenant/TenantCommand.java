package lpm.scheduler.tenant;

import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.LinodeId;

/** What may be asked of a tenant, or noted about it. */
public sealed interface TenantCommand extends Command {
    AccountId account();

    @Override
    default String aggregateId() {
        return "tenant:" + account();
    }

    /** A label and a place in the quota for a new Linode; {@code limit} counts until account's own word is heard. */
    record TakeLabel(AccountId account, LinodeId linode, String label, int limit) implements TenantCommand {}

    record ChangeLabel(AccountId account, LinodeId linode, String from, String to) implements TenantCommand {}

    record FreeLabel(AccountId account, LinodeId linode, String label) implements TenantCommand {}

    record NoteLimit(AccountId account, int linodes) implements TenantCommand {}

    record NoteSuspended(AccountId account, boolean suspended) implements TenantCommand {}
}

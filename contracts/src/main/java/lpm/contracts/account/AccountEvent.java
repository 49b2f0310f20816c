package lpm.contracts.account;

import lpm.contracts.AccountId;
import lpm.contracts.Event;
import lpm.contracts.Limits;

/**
 * A tenant; aggregate {@code account:<id>}. Names, e-mail and other personal data stay in account's own tables; events
 * carry numbers only.
 */
public sealed interface AccountEvent extends Event {

    /** A tenant exists. Aggregate {@code account:<id>}. */
    record AccountOpened(AccountId account, String euuid, Limits limits) implements AccountEvent {}

    /** The tenant may have more or less from now on. */
    record LimitsChanged(AccountId account, Limits limits) implements AccountEvent {}

    /** The tenant may not write any more; its Linodes are stopped (billing_suspension). */
    record AccountSuspended(AccountId account, String reason) implements AccountEvent {}

    /** The tenant may write again. */
    record AccountResumed(AccountId account) implements AccountEvent {}

    /** Settings new Linodes inherit. */
    record AccountSettingsChanged(AccountId account, String maintenancePolicy, boolean backupsEnabled)
            implements AccountEvent {}
}

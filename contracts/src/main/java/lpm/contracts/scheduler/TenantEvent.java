package lpm.contracts.scheduler;

import lpm.contracts.AccountId;
import lpm.contracts.Event;
import lpm.contracts.LinodeId;

/** A tenant as the scheduler sees it: labels and quota in use; aggregate {@code tenant:<account>}. */
public sealed interface TenantEvent extends Event {

    /** Aggregate {@code tenant:<account>}: a label and a place in the quota are taken. */
    record LabelTaken(AccountId account, LinodeId linode, String label) implements TenantEvent {}

    /** A Linode's label changed. */
    record LabelChanged(AccountId account, LinodeId linode, String from, String to) implements TenantEvent {}

    /** Label and place in the quota are free. */
    record LabelFreed(AccountId account, LinodeId linode, String label) implements TenantEvent {}

    /** How many Linodes the tenant may have, as last heard from account. */
    record TenantLimited(AccountId account, int linodes, boolean suspended) implements TenantEvent {}
}

package lpm.account.customer;

import lpm.contracts.AccountId;
import lpm.contracts.Limits;

/** An account, folded. */
public sealed interface CustomerState {
    /** There is none. */
    record Unopened() implements CustomerState {}

    /** It may write. */
    record Active(Terms terms) implements CustomerState {}

    /** It may only read. */
    record Suspended(Terms terms, String reason) implements CustomerState {}

    /** What holds whether it is suspended or not. */
    record Terms(AccountId account, String euuid, Limits limits, String maintenancePolicy, boolean backupsEnabled) {
        Terms limits(Limits other) {
            return new Terms(account, euuid, other, maintenancePolicy, backupsEnabled);
        }

        Terms settings(String policy, boolean backups) {
            return new Terms(account, euuid, limits, policy, backups);
        }
    }
}

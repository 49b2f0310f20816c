package lpm.account.access;

import lpm.contracts.AccountId;
import lpm.contracts.UserId;

/** A user, folded. */
public sealed interface UserState {
    /** There is none. */
    record Absent() implements UserState {}

    /** Acts for the account. */
    record Present(UserId user, AccountId account, boolean restricted) implements UserState {}

    /** Acted for the account once; its number is used for nobody else. */
    record Gone(UserId user, AccountId account) implements UserState {}
}

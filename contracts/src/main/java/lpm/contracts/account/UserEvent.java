package lpm.contracts.account;

import lpm.contracts.AccountId;
import lpm.contracts.Event;
import lpm.contracts.UserId;

/** A user of an account; aggregate {@code user:<id>}. */
public sealed interface UserEvent extends Event {

    /** A user of an account. Aggregate {@code user:<id>}. */
    record UserAdded(UserId user, AccountId account, boolean restricted) implements UserEvent {}

    /** What a user may changed. */
    record UserChanged(UserId user, AccountId account, boolean restricted) implements UserEvent {}

    /** The user is gone, and all its tokens with it. */
    record UserRemoved(UserId user, AccountId account) implements UserEvent {}
}

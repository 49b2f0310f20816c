package lpm.account.access;

import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.UserId;

/** Orders to a user of an account. Names and addresses never travel with them. */
public sealed interface UserCommand extends Command {
    UserId user();

    AccountId account();

    @Override
    default String aggregateId() {
        return user().aggregateId();
    }

    /** Somebody else may act for the account. */
    record AddUser(UserId user, AccountId account, boolean restricted) implements UserCommand {}

    /** What the user may changes. */
    record ChangeUser(UserId user, AccountId account, boolean restricted) implements UserCommand {}

    /** The user may nothing any more. */
    record RemoveUser(UserId user, AccountId account) implements UserCommand {}
}

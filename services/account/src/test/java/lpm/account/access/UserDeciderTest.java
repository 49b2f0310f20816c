package lpm.account.access;

import lpm.account.access.UserCommand.AddUser;
import lpm.account.access.UserCommand.ChangeUser;
import lpm.account.access.UserCommand.RemoveUser;
import lpm.contracts.AccountId;
import lpm.contracts.UserId;
import lpm.contracts.account.UserEvent;
import lpm.contracts.account.UserEvent.UserAdded;
import lpm.contracts.account.UserEvent.UserChanged;
import lpm.contracts.account.UserEvent.UserRemoved;
import lpm.platform.DeciderSpec;
import org.junit.jupiter.api.Test;

class UserDeciderTest {
    private static final UserId USER = UserId.of(3);
    private static final AccountId ACCOUNT = AccountId.of(7);
    private static final AccountId STRANGER = AccountId.of(8);

    private final DeciderSpec<UserCommand, UserState, UserEvent> spec = DeciderSpec.of(new UserDecider());

    @Test
    void addsChangesAndRemoves() {
        spec.when(new AddUser(USER, ACCOUNT, false))
                .then(new UserAdded(USER, ACCOUNT, false))
                .when(new AddUser(USER, ACCOUNT, false))
                .thenNothing()
                .when(new ChangeUser(USER, ACCOUNT, false))
                .thenNothing()
                .when(new ChangeUser(USER, ACCOUNT, true))
                .then(new UserChanged(USER, ACCOUNT, true))
                .when(new RemoveUser(USER, ACCOUNT))
                .then(new UserRemoved(USER, ACCOUNT))
                .when(new RemoveUser(USER, ACCOUNT))
                .thenNothing();
    }

    @Test
    void aRemovedUserNeverComesBack() {
        spec.given(new UserAdded(USER, ACCOUNT, false), new UserRemoved(USER, ACCOUNT))
                .when(new AddUser(USER, ACCOUNT, false))
                .thenRefused("Not found");
    }

    @Test
    void anotherAccountsUserIsNotThere() {
        spec.given(new UserAdded(USER, ACCOUNT, false))
                .when(new RemoveUser(USER, STRANGER))
                .thenRefused("Not found");
        spec.when(new ChangeUser(USER, STRANGER, true)).thenRefused("Not found");
    }

    @Test
    void nobodyIsChangedBeforeBeingAdded() {
        spec.when(new ChangeUser(USER, ACCOUNT, true)).thenRefused("Not found");
    }
}

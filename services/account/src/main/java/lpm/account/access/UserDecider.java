package lpm.account.access;

import lpm.account.access.UserCommand.AddUser;
import lpm.account.access.UserCommand.ChangeUser;
import lpm.account.access.UserCommand.RemoveUser;
import lpm.account.access.UserState.Absent;
import lpm.account.access.UserState.Gone;
import lpm.account.access.UserState.Present;
import lpm.contracts.account.UserEvent;
import lpm.contracts.account.UserEvent.UserAdded;
import lpm.contracts.account.UserEvent.UserChanged;
import lpm.contracts.account.UserEvent.UserRemoved;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Refusal;
import lpm.platform.Scope;

/** Decides about a user. A removed one never comes back. */
public final class UserDecider implements Decider<UserCommand, UserState, UserEvent> {
    @Override
    public UserState initial() {
        return new Absent();
    }

    @Override
    public Decision<UserEvent> decide(UserCommand command, UserState state) {
        return switch (state) {
            case Absent _ -> add(command);
            case Present present ->
                command.account().equals(present.account())
                        ? change(command, present)
                        : Decision.reject(Refusal.notFound());
            case Gone _ -> command instanceof RemoveUser ? Decision.accept() : Decision.reject(Refusal.notFound());
        };
    }

    private static Decision<UserEvent> add(UserCommand command) {
        return command instanceof AddUser add
                ? Decision.accept(new UserAdded(add.user(), add.account(), add.restricted()))
                : Decision.reject(Refusal.notFound());
    }

    private static Decision<UserEvent> change(UserCommand command, Present present) {
        return switch (command) {
            case AddUser _ -> Decision.accept();
            case ChangeUser change ->
                change.restricted() == present.restricted()
                        ? Decision.accept()
                        : Decision.accept(new UserChanged(change.user(), change.account(), change.restricted()));
            case RemoveUser remove -> Decision.accept(new UserRemoved(remove.user(), remove.account()));
        };
    }

    @Override
    public UserState evolve(UserState state, UserEvent event) {
        return switch (event) {
            case UserAdded added -> new Present(added.user(), added.account(), added.restricted());
            case UserChanged changed -> new Present(changed.user(), changed.account(), changed.restricted());
            case UserRemoved removed -> new Gone(removed.user(), removed.account());
        };
    }

    @Override
    public Scope scope(UserState state) {
        return switch (state) {
            case Absent _ -> Scope.NONE;
            case Present present -> Scope.of(present.account());
            case Gone gone -> Scope.of(gone.account());
        };
    }
}

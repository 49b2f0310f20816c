package lpm.account.customer;

import lpm.account.customer.CustomerCommand.ChangeLimits;
import lpm.account.customer.CustomerCommand.ChangeSettings;
import lpm.account.customer.CustomerCommand.OpenAccount;
import lpm.account.customer.CustomerCommand.ResumeAccount;
import lpm.account.customer.CustomerCommand.SuspendAccount;
import lpm.account.customer.CustomerState.Active;
import lpm.account.customer.CustomerState.Suspended;
import lpm.account.customer.CustomerState.Terms;
import lpm.account.customer.CustomerState.Unopened;
import lpm.contracts.Limits;
import lpm.contracts.account.AccountEvent;
import lpm.contracts.account.AccountEvent.AccountOpened;
import lpm.contracts.account.AccountEvent.AccountResumed;
import lpm.contracts.account.AccountEvent.AccountSettingsChanged;
import lpm.contracts.account.AccountEvent.AccountSuspended;
import lpm.contracts.account.AccountEvent.LimitsChanged;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Refusal;
import lpm.platform.Scope;

/** Decides about an account. Saying what is already so is accepted and changes nothing. */
public final class CustomerDecider implements Decider<CustomerCommand, CustomerState, AccountEvent> {
    static final String DEFAULT_POLICY = "linode/migrate";

    @Override
    public CustomerState initial() {
        return new Unopened();
    }

    @Override
    public Decision<AccountEvent> decide(CustomerCommand command, CustomerState state) {
        return switch (state) {
            case Unopened _ -> open(command);
            case Active(Terms terms) -> change(command, terms, false);
            case Suspended(Terms terms, String _) -> change(command, terms, true);
        };
    }

    private static Decision<AccountEvent> open(CustomerCommand command) {
        return command instanceof OpenAccount open
                ? checked(open.limits(), new AccountOpened(open.account(), open.euuid(), open.limits()))
                : Decision.reject(Refusal.notFound());
    }

    private static Decision<AccountEvent> change(CustomerCommand command, Terms terms, boolean suspended) {
        return switch (command) {
            case OpenAccount open ->
                open.euuid().equals(terms.euuid()) ? Decision.accept() : Decision.reject("The account exists");
            case ChangeLimits change ->
                change.limits().equals(terms.limits())
                        ? Decision.accept()
                        : checked(change.limits(), new LimitsChanged(change.account(), change.limits()));
            case SuspendAccount suspend ->
                suspended
                        ? Decision.accept()
                        : Decision.accept(new AccountSuspended(suspend.account(), suspend.reason()));
            case ResumeAccount resume ->
                suspended ? Decision.accept(new AccountResumed(resume.account())) : Decision.accept();
            case ChangeSettings change -> settings(change, terms);
        };
    }

    private static Decision<AccountEvent> settings(ChangeSettings change, Terms terms) {
        boolean same = change.maintenancePolicy().equals(terms.maintenancePolicy())
                && change.backupsEnabled() == terms.backupsEnabled();
        return same
                ? Decision.accept()
                : Decision.accept(new AccountSettingsChanged(
                        change.account(), change.maintenancePolicy(), change.backupsEnabled()));
    }

    private static Decision<AccountEvent> checked(Limits limits, AccountEvent event) {
        if (limits.linodes() < 0 || limits.volumes() < 0 || limits.volumeGib() < 0) {
            return Decision.reject("limits", "Must not be negative");
        }
        if (limits.requestsPer2Minutes() < 1 || limits.createsPer30Seconds() < 1) {
            return Decision.reject("limits", "Rates must be 1 or greater");
        }
        return Decision.accept(event);
    }

    @Override
    public CustomerState evolve(CustomerState state, AccountEvent event) {
        return switch (event) {
            case AccountOpened opened ->
                new Active(new Terms(opened.account(), opened.euuid(), opened.limits(), DEFAULT_POLICY, false));
            case LimitsChanged changed -> with(state, terms(state).limits(changed.limits()));
            case AccountSuspended suspended -> new Suspended(terms(state), suspended.reason());
            case AccountResumed _ -> new Active(terms(state));
            case AccountSettingsChanged changed ->
                with(state, terms(state).settings(changed.maintenancePolicy(), changed.backupsEnabled()));
        };
    }

    private static CustomerState with(CustomerState state, Terms terms) {
        return state instanceof Suspended suspended ? new Suspended(terms, suspended.reason()) : new Active(terms);
    }

    static Terms terms(CustomerState state) {
        return switch (state) {
            case Active active -> active.terms();
            case Suspended suspended -> suspended.terms();
            case Unopened _ -> throw new IllegalStateException("an account changed before it was opened");
        };
    }

    @Override
    public Scope scope(CustomerState state) {
        return state instanceof Unopened ? Scope.NONE : Scope.of(terms(state).account());
    }
}

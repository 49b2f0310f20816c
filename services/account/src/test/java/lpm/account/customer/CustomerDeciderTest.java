package lpm.account.customer;

import static org.assertj.core.api.Assertions.assertThat;

import lpm.account.customer.CustomerCommand.ChangeLimits;
import lpm.account.customer.CustomerCommand.ChangeSettings;
import lpm.account.customer.CustomerCommand.OpenAccount;
import lpm.account.customer.CustomerCommand.ResumeAccount;
import lpm.account.customer.CustomerCommand.SuspendAccount;
import lpm.account.customer.CustomerState.Suspended;
import lpm.contracts.AccountId;
import lpm.contracts.Limits;
import lpm.contracts.account.AccountEvent;
import lpm.contracts.account.AccountEvent.AccountOpened;
import lpm.contracts.account.AccountEvent.AccountResumed;
import lpm.contracts.account.AccountEvent.AccountSettingsChanged;
import lpm.contracts.account.AccountEvent.AccountSuspended;
import lpm.contracts.account.AccountEvent.LimitsChanged;
import lpm.platform.DeciderSpec;
import lpm.platform.Scope;
import org.junit.jupiter.api.Test;

class CustomerDeciderTest {
    private static final AccountId ID = AccountId.of(7);
    private static final Limits LIMITS = new Limits(5, 5, 100, 800, 10);
    private static final Limits MORE = new Limits(50, 5, 100, 800, 10);
    private static final AccountOpened OPENED = new AccountOpened(ID, "EUUID", LIMITS);
    private static final AccountSuspended SUSPENDED = new AccountSuspended(ID, "billing");
    private static final String POLICY = CustomerDecider.DEFAULT_POLICY;

    private final DeciderSpec<CustomerCommand, CustomerState, AccountEvent> spec =
            DeciderSpec.of(new CustomerDecider());

    @Test
    void opensOnceAndAcceptsTheSameAgain() {
        OpenAccount open = new OpenAccount(ID, "EUUID", LIMITS);

        spec.when(open).then(OPENED).when(open).thenNothing();
        spec.when(new OpenAccount(ID, "OTHER", LIMITS)).thenRefused("The account exists");
    }

    @Test
    void knowsNothingOfAnAccountThatWasNeverOpened() {
        spec.when(new SuspendAccount(ID, "billing")).thenRefused("Not found");
        spec.when(new ChangeLimits(ID, LIMITS)).thenRefused("Not found");
    }

    @Test
    void suspendsAndResumesOnce() {
        spec.given(OPENED)
                .when(new SuspendAccount(ID, "billing"))
                .then(SUSPENDED)
                .when(new SuspendAccount(ID, "again"))
                .thenNothing()
                .when(new ResumeAccount(ID))
                .then(new AccountResumed(ID))
                .when(new ResumeAccount(ID))
                .thenNothing();
    }

    @Test
    void changesLimitsAlsoOfASuspendedAccountWhichStaysSuspended() {
        spec.given(OPENED, SUSPENDED)
                .when(new ChangeLimits(ID, MORE))
                .then(new LimitsChanged(ID, MORE))
                .when(new ChangeLimits(ID, MORE))
                .thenNothing();

        assertThat(spec.state()).isInstanceOfSatisfying(Suspended.class, state -> assertThat(
                        state.terms().limits())
                .isEqualTo(MORE));
    }

    @Test
    void refusesLimitsThatMeanNothing() {
        spec.given(OPENED)
                .when(new ChangeLimits(ID, new Limits(-1, 5, 100, 800, 10)))
                .thenRefused("Must not be negative");
        spec.when(new ChangeLimits(ID, new Limits(0, 0, 0, 0, 10))).thenRefused("Rates must be 1 or greater");
        spec.when(new ChangeLimits(ID, new Limits(0, 0, 0, 1, 1)))
                .then(new LimitsChanged(ID, new Limits(0, 0, 0, 1, 1)));
    }

    @Test
    void changesSettings() {
        spec.given(OPENED)
                .when(new ChangeSettings(ID, POLICY, false))
                .thenNothing()
                .when(new ChangeSettings(ID, POLICY, true))
                .then(new AccountSettingsChanged(ID, POLICY, true));
    }

    @Test
    void belongsToItself() {
        assertThat(new CustomerDecider().scope(spec.given(OPENED).state())).isEqualTo(Scope.of(ID));
    }
}

package lpm.scheduler.tenant;

import lpm.contracts.AccountId;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.TenantEvent;
import lpm.contracts.scheduler.TenantEvent.*;
import lpm.platform.DeciderSpec;
import lpm.scheduler.tenant.TenantCommand.*;
import org.junit.jupiter.api.Test;

class TenantDeciderTest {
    private static final AccountId OWNER = new AccountId(3);
    private static final LinodeId ONE = new LinodeId(1);
    private static final LinodeId TWO = new LinodeId(2);

    private final DeciderSpec<TenantCommand, TenantState, TenantEvent> tenant = DeciderSpec.of(new TenantDecider());

    @Test
    void givesALabelToOneLinodeOnly() {
        tenant.when(new TakeLabel(OWNER, ONE, "web", 9))
                .then(new LabelTaken(OWNER, ONE, "web"))
                .when(new TakeLabel(OWNER, ONE, "web", 9))
                .thenNothing()
                .when(new TakeLabel(OWNER, TWO, "web", 9))
                .thenRefused(TenantDecider.LABEL_TAKEN);
    }

    @Test
    void allowsExactlyTheQuota() {
        tenant.given(new TenantLimited(OWNER, 2, false), new LabelTaken(OWNER, ONE, "a"))
                .when(new TakeLabel(OWNER, TWO, "b", 99))
                .then(new LabelTaken(OWNER, TWO, "b"))
                .when(new TakeLabel(OWNER, new LinodeId(3), "c", 99))
                .thenRefused(TenantDecider.LIMIT_REACHED)
                .when(new FreeLabel(OWNER, ONE, "a"))
                .then(new LabelFreed(OWNER, ONE, "a"))
                .when(new TakeLabel(OWNER, new LinodeId(3), "c", 99))
                .then(new LabelTaken(OWNER, new LinodeId(3), "c"));
    }

    @Test
    void takesTheCallersLimitUntilAccountsOwnWordIsHeard() {
        tenant.when(new TakeLabel(OWNER, ONE, "a", 0))
                .thenRefused(TenantDecider.LIMIT_REACHED)
                .when(new TakeLabel(OWNER, ONE, "a", 1))
                .then(new LabelTaken(OWNER, ONE, "a"));
    }

    @Test
    void changesALabelToAFreeOne() {
        tenant.given(new LabelTaken(OWNER, ONE, "a"), new LabelTaken(OWNER, TWO, "b"))
                .when(new ChangeLabel(OWNER, ONE, "a", "b"))
                .thenRefused(TenantDecider.LABEL_TAKEN)
                .when(new ChangeLabel(OWNER, ONE, "a", "c"))
                .then(new LabelChanged(OWNER, ONE, "a", "c"))
                .when(new ChangeLabel(OWNER, ONE, "a", "c"))
                .thenNothing()
                .when(new TakeLabel(OWNER, new LinodeId(3), "a", 9))
                .then(new LabelTaken(OWNER, new LinodeId(3), "a"));
    }

    @Test
    void freesOnlyWhatTheLinodeHas() {
        tenant.given(new LabelTaken(OWNER, ONE, "a"))
                .when(new FreeLabel(OWNER, TWO, "a"))
                .thenNothing();
    }

    @Test
    void refusesNewLinodesOfASuspendedAccount() {
        tenant.when(new NoteLimit(OWNER, 5))
                .then(new TenantLimited(OWNER, 5, false))
                .when(new NoteSuspended(OWNER, true))
                .then(new TenantLimited(OWNER, 5, true))
                .when(new TakeLabel(OWNER, ONE, "a", 9))
                .thenRefused(TenantDecider.SUSPENDED)
                .when(new NoteSuspended(OWNER, true))
                .thenNothing()
                .when(new NoteSuspended(OWNER, false))
                .then(new TenantLimited(OWNER, 5, false));
    }
}

package lpm.scheduler.tenant;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.account.AccountEvent;
import lpm.platform.Inbox;
import lpm.scheduler.tenant.TenantCommand.NoteLimit;
import lpm.scheduler.tenant.TenantCommand.NoteSuspended;

/** What account says about its tenants. */
public final class TenantInbox implements Inbox {
    @Override
    public List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case AccountEvent.AccountOpened e ->
                List.of(new NoteLimit(e.account(), e.limits().linodes()));
            case AccountEvent.LimitsChanged e ->
                List.of(new NoteLimit(e.account(), e.limits().linodes()));
            case AccountEvent.AccountSuspended e -> List.of(new NoteSuspended(e.account(), true));
            case AccountEvent.AccountResumed e -> List.of(new NoteSuspended(e.account(), false));
            default -> List.of();
        };
    }
}

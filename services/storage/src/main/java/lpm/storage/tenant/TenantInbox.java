package lpm.storage.tenant;

import java.util.List;
import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Limits;
import lpm.contracts.account.AccountEvent.AccountOpened;
import lpm.contracts.account.AccountEvent.AccountResumed;
import lpm.contracts.account.AccountEvent.AccountSuspended;
import lpm.contracts.account.AccountEvent.LimitsChanged;
import lpm.platform.Inbox;

/** Translates what account says of tenants. */
final class TenantInbox implements Inbox {
    @Override
    public List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case AccountOpened it -> limits(it.account(), it.limits());
            case LimitsChanged it -> limits(it.account(), it.limits());
            case AccountSuspended it -> List.of(new TenantCommand.NoteSuspended(it.account(), true));
            case AccountResumed it -> List.of(new TenantCommand.NoteSuspended(it.account(), false));
            default -> List.of();
        };
    }

    private static List<Command> limits(AccountId account, Limits limits) {
        return List.of(new TenantCommand.NoteLimits(account, limits.volumes(), limits.volumeGib()));
    }
}

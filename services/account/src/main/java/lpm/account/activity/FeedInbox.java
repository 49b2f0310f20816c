package lpm.account.activity;

import java.util.List;
import java.util.Optional;
import lpm.account.activity.FeedCommand.NoteFact;
import lpm.account.activity.Step.Subject;
import lpm.contracts.AccountId;
import lpm.contracts.Actor;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.CopyStarted;
import lpm.contracts.migration.MigrationEvent.HandoverCommitted;
import lpm.contracts.migration.MigrationEvent.MigrationStarted;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeCreated;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeEvent.VolumeCreated;
import lpm.platform.Inbox;

/** Turns the facts of scheduler, migration and storage into notes for the feed of the account they concern. */
public final class FeedInbox implements Inbox {
    private static final String MIGRATE = "linode_migrate";

    @Override
    public List<Command> translate(Envelope<?> message) {
        List<Step> steps =
                switch (message.data()) {
                    case LinodeEvent event -> LinodeSteps.of(event);
                    case VolumeEvent event -> VolumeSteps.of(event);
                    case MigrationEvent event -> migration(event);
                    default -> List.of();
                };
        Optional<AccountId> account = account(message);
        if (steps.isEmpty() || account.isEmpty()) {
            return List.of();
        }
        return List.of(
                new NoteFact(account.get(), message.id(), message.correlationId(), user(message.actor()), steps));
    }

    private static List<Step> migration(MigrationEvent event) {
        Subject linode = Subject.linode(event.linode().value());
        return switch (event) {
            case MigrationStarted _ -> List.of(Step.at(linode, 5, MIGRATE));
            case CopyStarted _ -> List.of(Step.at(linode, 20, MIGRATE));
            case HandoverCommitted _ -> List.of(Step.at(linode, 90, MIGRATE));
            default -> List.of();
        };
    }

    private static Optional<AccountId> account(Envelope<?> message) {
        Long named = message.accountId();
        if (named != null) {
            return Optional.of(AccountId.of(named));
        }
        return switch (message.data()) {
            case LinodeCreated created -> Optional.of(created.account());
            case VolumeCreated created -> Optional.of(created.account());
            default -> Optional.empty();
        };
    }

    private static Optional<Long> user(Actor actor) {
        boolean known = actor.kind() == Actor.Kind.user && actor.id().matches("[0-9]{1,18}");
        return known ? Optional.of(Long.valueOf(actor.id())) : Optional.empty();
    }
}

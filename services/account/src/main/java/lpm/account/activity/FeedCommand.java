package lpm.account.activity;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.AccountId;
import lpm.contracts.Command;

/** Orders to an account's feed. */
public sealed interface FeedCommand extends Command {
    AccountId account();

    @Override
    default String aggregateId() {
        return "feed:" + account();
    }

    /**
     * Something happened that customers are told.
     *
     * @param causedBy id of the event it tells of
     */
    record NoteFact(AccountId account, UUID causedBy, UUID correlationId, Optional<Long> userId, List<Step> steps)
            implements FeedCommand {
        public NoteFact {
            steps = List.copyOf(steps);
        }
    }

    /** Everything up to this activity was seen. */
    record MarkSeen(AccountId account, long upToActivityId) implements FeedCommand {}

    /** This activity was read. */
    record MarkRead(AccountId account, long activityId) implements FeedCommand {}
}

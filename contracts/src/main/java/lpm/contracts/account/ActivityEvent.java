package lpm.contracts.account;

import java.util.Optional;
import java.util.UUID;
import lpm.contracts.AccountId;
import lpm.contracts.Event;

/**
 * The customer's activity feed ({@code /v4/account/events}); aggregate {@code feed:<account>}. Ids are issued here
 * alone and grow strictly within an account.
 */
public sealed interface ActivityEvent extends Event {
    AccountId account();

    /** Something the API speaks of. */
    record Entity(String type, String id, String label) {}

    /**
     * An action of the feed began, is planned, or (as notification) happened at once.
     *
     * @param causedBy id of the event it tells of; services wait for it before they answer
     * @param correlationId the request it belongs to
     * @param action such as {@code linode_boot}
     * @param status scheduled, started, finished, failed or notification
     */
    record ActivityRecorded(
            AccountId account,
            long activityId,
            UUID causedBy,
            UUID correlationId,
            String action,
            Status status,
            Entity entity,
            Optional<Entity> secondaryEntity,
            Optional<Long> userId)
            implements ActivityEvent {}

    /** An open action moved on or ended. */
    record ActivityProgressed(AccountId account, long activityId, Status status, int percentComplete)
            implements ActivityEvent {}

    /** All activities up to this one were seen. */
    record ActivitiesSeen(AccountId account, long upToActivityId) implements ActivityEvent {}

    /** One activity was read. */
    record ActivityRead(AccountId account, long activityId) implements ActivityEvent {}

    /** The status as the API writes it. */
    enum Status {
        scheduled,
        started,
        finished,
        failed,
        notification
    }
}

package lpm.account.activity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lpm.contracts.Envelope;
import lpm.contracts.account.ActivityEvent;
import lpm.contracts.account.ActivityEvent.ActivitiesSeen;
import lpm.contracts.account.ActivityEvent.ActivityProgressed;
import lpm.contracts.account.ActivityEvent.ActivityRead;
import lpm.contracts.account.ActivityEvent.ActivityRecorded;
import lpm.contracts.account.ActivityEvent.Entity;
import lpm.contracts.account.ActivityEvent.Status;
import lpm.platform.Rows;
import lpm.platform.View;
import lpm.platform.rest.ApiTime;

/** Activities as rows, with the API's field names. */
public final class FeedView implements View<ActivityEvent, FeedState> {
    public static final String TABLE = "activity_view";
    static final String SEEN = "activity_seen_view";

    /** An activity. Users are named by number; the resource puts the name. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Row(
            long id,
            long accountId,
            Optional<Long> userId,
            String created,
            String action,
            Status status,
            int percentComplete,
            About entity,
            Optional<Second> secondaryEntity,
            Instant startedAt,
            Optional<Instant> endedAt,
            boolean read) {
        Row moved(Status to, int percent, Instant at) {
            boolean starts = status == Status.scheduled && to == Status.started;
            boolean ends = to == Status.finished || to == Status.failed;
            return new Row(
                    id,
                    accountId,
                    userId,
                    created,
                    action,
                    to,
                    percent,
                    entity,
                    secondaryEntity,
                    starts ? at : startedAt,
                    ends ? Optional.of(at) : endedAt,
                    read);
        }

        Row wasRead() {
            return new Row(
                    id,
                    accountId,
                    userId,
                    created,
                    action,
                    status,
                    percentComplete,
                    entity,
                    secondaryEntity,
                    startedAt,
                    endedAt,
                    true);
        }
    }

    /** What it is about. */
    public record About(long id, String label, String type, String url) {}

    /** What it is also about; its id may be a slug. */
    public record Second(String id, String label, String type, String url) {}

    /** Up to which activity an account's feed was seen. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Seen(long accountId, long upTo) {}

    @Override
    public List<String> tables() {
        return List.of(TABLE, SEEN);
    }

    @Override
    public void project(Envelope<ActivityEvent> event, FeedState after, Rows rows) {
        switch (event.data()) {
            case ActivityRecorded recorded -> put(rows, row(recorded, event.occurredAt()));
            case ActivityProgressed moved ->
                rows.get(TABLE, id(moved.account().value(), moved.activityId()), Row.class)
                        .ifPresent(row ->
                                put(rows, row.moved(moved.status(), moved.percentComplete(), event.occurredAt())));
            case ActivityRead read ->
                rows.get(TABLE, id(read.account().value(), read.activityId()), Row.class)
                        .ifPresent(row -> put(rows, row.wasRead()));
            case ActivitiesSeen seen ->
                rows.put(
                        SEEN, seen.account().toString(), new Seen(seen.account().value(), seen.upToActivityId()));
        }
    }

    static String id(long account, long activity) {
        return account + "-" + activity;
    }

    private static void put(Rows rows, Row row) {
        rows.put(TABLE, id(row.accountId(), row.id()), row);
    }

    private static Row row(ActivityRecorded event, Instant at) {
        Entity entity = event.entity();
        boolean ended = event.status() == Status.finished || event.status() == Status.failed;
        return new Row(
                event.activityId(),
                event.account().value(),
                event.userId(),
                ApiTime.of(at),
                event.action(),
                event.status(),
                ended ? 100 : 0,
                new About(Long.parseLong(entity.id()), entity.label(), entity.type(), url(entity)),
                event.secondaryEntity().map(each -> new Second(each.id(), each.label(), each.type(), url(each))),
                at,
                ended ? Optional.of(at) : Optional.empty(),
                false);
    }

    private static String url(Entity entity) {
        return switch (entity.type()) {
            case "linode" -> "/v4/linode/instances/" + entity.id();
            case "volume" -> "/v4/volumes/" + entity.id();
            case "image" -> "/v4/images/" + entity.id();
            case "token" -> "/v4/profile/tokens/" + entity.id();
            case "user" -> "/v4/account/users/" + entity.label();
            case "user_ssh_key" -> "/v4/profile/sshkeys/" + entity.id();
            case "profile" -> "/v4/profile";
            case "account" -> "/v4/account";
            default -> "/v4/" + entity.type() + "s/" + entity.id();
        };
    }
}

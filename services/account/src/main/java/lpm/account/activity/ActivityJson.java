package lpm.account.activity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lpm.account.activity.FeedView.About;
import lpm.account.activity.FeedView.Row;
import lpm.account.activity.FeedView.Second;
import lpm.contracts.account.ActivityEvent.Status;
import org.jspecify.annotations.Nullable;

/** The API's shape of an activity (which the API calls an event). */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ActivityJson(
        long id,
        String created,
        String action,
        Status status,
        @Nullable Integer percentComplete,
        @Nullable String timeRemaining,
        @Nullable String rate,
        @Nullable Double duration,
        @Nullable String username,
        About entity,
        @Nullable SecondJson secondaryEntity,
        String message,
        boolean seen,
        boolean read,
        Map<String, Object> details) {
    private static final double MILLIS_PER_SECOND = 1000;

    /** Its id is a number, or a slug. */
    record SecondJson(Object id, String label, String type, String url) {
        static SecondJson of(Second second) {
            boolean number = second.id().matches("[0-9]{1,18}");
            Object id = number ? Long.valueOf(second.id()) : second.id();
            return new SecondJson(id, second.label(), second.type(), second.url());
        }
    }

    static ActivityJson of(Row row, @Nullable String username, long seenUpTo, Instant now) {
        boolean instant = row.status() == Status.notification;
        boolean waiting = row.status() == Status.scheduled;
        Instant end = row.endedAt().orElse(now);
        double seconds = Duration.between(row.startedAt(), end).toMillis() / MILLIS_PER_SECOND;
        return new ActivityJson(
                row.id(),
                row.created(),
                row.action(),
                row.status(),
                instant ? null : row.percentComplete(),
                null,
                null,
                instant || waiting ? null : Math.max(0, seconds),
                username,
                row.entity(),
                row.secondaryEntity().map(SecondJson::of).orElse(null),
                "",
                row.id() <= seenUpTo,
                row.read(),
                Map.of());
    }
}

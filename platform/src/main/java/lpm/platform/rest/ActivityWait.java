package lpm.platform.rest;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lpm.contracts.Envelope;
import lpm.contracts.account.ActivityEvent;

/**
 * Waits, after a commit, for account to record the activity that tells of it, so that the answer can name it and
 * pollers find it. Soft state: an answer without the id is complete too. Told by whoever hears account's events.
 */
@Singleton
public final class ActivityWait {
    static final Duration LONGEST = Duration.ofMillis(250);

    /** Activities remembered that came before anybody waited for them. */
    static final int MAX_EARLY = 1024;

    private final ConcurrentMap<UUID, CompletableFuture<Long>> expected = new ConcurrentHashMap<>();
    private final EarlyActivities early = new EarlyActivities(MAX_EARLY);
    private volatile boolean listening;

    /** Somebody will tell of activities; before that nobody waits. */
    public void listen() {
        listening = true;
    }

    /** Takes note of a message of the inbox, if it is of an activity. */
    public void heard(Envelope<?> message) {
        if (message.data() instanceof ActivityEvent.ActivityRecorded recorded) {
            heard(recorded.causedBy(), recorded.activityId());
        }
    }

    /** An activity was recorded about an event. */
    public void heard(UUID causedBy, long activityId) {
        early.put(causedBy, activityId);
        CompletableFuture<Long> waiting = expected.get(causedBy);
        if (waiting != null) {
            waiting.complete(activityId);
        }
    }

    /** The activity about one of these events, if it comes in time. */
    Optional<Long> await(List<UUID> events) {
        if (!listening) {
            return Optional.empty();
        }
        CompletableFuture<Long> first = new CompletableFuture<>();
        events.forEach(each -> expected.put(each, first));
        try {
            events.forEach(each -> early.find(each).ifPresent(first::complete));
            return Optional.of(first.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a plain number cannot fail", e);
        } finally {
            events.forEach(expected::remove);
        }
    }
}

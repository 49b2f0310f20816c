package lpm.account.activity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lpm.contracts.account.ActivityEvent.ActivityProgressed;
import lpm.contracts.account.ActivityEvent.ActivityRecorded;
import lpm.contracts.account.ActivityEvent.Status;

/**
 * An account's feed, folded: one phase only.
 *
 * @param account whose feed it is; 0 before its first activity
 * @param lastActivityId the newest id issued
 * @param seenUpTo the newest activity seen
 * @param open activities scheduled or started, oldest first
 * @param labels the labels of what is there, by subject
 * @param recent what was told last, so that a fact told twice is recorded once
 */
public record FeedState(
        long account,
        long lastActivityId,
        long seenUpTo,
        List<Job> open,
        Map<String, String> labels,
        List<String> recent) {
    /** Facts remembered. */
    static final int MAX_RECENT = 200;

    static final FeedState EMPTY = new FeedState(0, 0, 0, List.of(), Map.of(), List.of());

    public FeedState {
        open = List.copyOf(open);
        labels = Map.copyOf(labels);
        recent = List.copyOf(recent);
    }

    /** An open activity. */
    public record Job(long activityId, String subject, String action, Status status, int percent) {
        boolean isOpen() {
            return status == Status.scheduled || status == Status.started;
        }
    }

    FeedState with(ActivityRecorded event) {
        Job job = new Job(
                event.activityId(),
                event.entity().type() + ":" + event.entity().id(),
                event.action(),
                event.status(),
                0);
        Map<String, String> names = new LinkedHashMap<>(labels);
        names.put(job.subject(), event.entity().label());
        if (event.action().endsWith("_delete") && !job.isOpen()) {
            names.remove(job.subject());
        }
        List<Job> jobs =
                job.isOpen() ? Stream.concat(open.stream(), Stream.of(job)).toList() : open;
        String told = told(event.causedBy().toString(), event.action());
        List<String> newest = Stream.concat(
                        recent.stream().skip(Math.max(0, recent.size() - MAX_RECENT + 1)), Stream.of(told))
                .toList();
        return new FeedState(event.account().value(), event.activityId(), seenUpTo, jobs, names, newest);
    }

    FeedState with(ActivityProgressed event) {
        Map<String, String> names = new LinkedHashMap<>(labels);
        Stream.Builder<Job> jobs = Stream.builder();
        for (Job job : open) {
            if (job.activityId() != event.activityId()) {
                jobs.add(job);
                continue;
            }
            Job moved = new Job(job.activityId(), job.subject(), job.action(), event.status(), event.percentComplete());
            if (moved.isOpen()) {
                jobs.add(moved);
            } else if (event.status() == Status.finished && job.action().endsWith("_delete")) {
                names.remove(job.subject());
            }
        }
        return new FeedState(account, lastActivityId, seenUpTo, jobs.build().toList(), names, recent);
    }

    FeedState seen(long upTo) {
        return new FeedState(account, lastActivityId, Math.max(seenUpTo, upTo), open, labels, recent);
    }

    boolean wasTold(String causedBy, String action) {
        return recent.contains(told(causedBy, action));
    }

    private static String told(String causedBy, String action) {
        return causedBy + "/" + action;
    }
}

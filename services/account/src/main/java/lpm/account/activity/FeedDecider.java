package lpm.account.activity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.account.activity.FeedCommand.MarkRead;
import lpm.account.activity.FeedCommand.MarkSeen;
import lpm.account.activity.FeedCommand.NoteFact;
import lpm.account.activity.FeedState.Job;
import lpm.account.activity.Step.Begin;
import lpm.account.activity.Step.Progress;
import lpm.contracts.AccountId;
import lpm.contracts.account.ActivityEvent;
import lpm.contracts.account.ActivityEvent.ActivitiesSeen;
import lpm.contracts.account.ActivityEvent.ActivityProgressed;
import lpm.contracts.account.ActivityEvent.ActivityRead;
import lpm.contracts.account.ActivityEvent.ActivityRecorded;
import lpm.contracts.account.ActivityEvent.Entity;
import lpm.contracts.account.ActivityEvent.Status;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Refusal;
import lpm.platform.Scope;

/** Issues the ids of a feed, one by one, and remembers what is open. A fact told twice is recorded once. */
public final class FeedDecider implements Decider<FeedCommand, FeedState, ActivityEvent> {
    @Override
    public FeedState initial() {
        return FeedState.EMPTY;
    }

    @Override
    public Decision<ActivityEvent> decide(FeedCommand command, FeedState state) {
        return switch (command) {
            case NoteFact fact -> Decision.accept(told(fact, state));
            case MarkSeen seen ->
                seen.upToActivityId() > state.lastActivityId()
                        ? Decision.reject(Refusal.notFound())
                        : seen.upToActivityId() <= state.seenUpTo()
                                ? Decision.accept()
                                : Decision.accept(new ActivitiesSeen(seen.account(), seen.upToActivityId()));
            case MarkRead read ->
                read.activityId() > state.lastActivityId()
                        ? Decision.reject(Refusal.notFound())
                        : Decision.accept(new ActivityRead(read.account(), read.activityId()));
        };
    }

    private List<ActivityEvent> told(NoteFact fact, FeedState before) {
        List<ActivityEvent> events = new ArrayList<>();
        FeedState state = before;
        for (Step step : fact.steps()) {
            List<ActivityEvent> more =
                    switch (step) {
                        case Begin begin -> begin(fact, begin, state);
                        case Progress progress -> progress(fact, progress, state);
                    };
            for (ActivityEvent event : more) {
                state = evolve(state, event);
            }
            events.addAll(more);
        }
        return events;
    }

    private static List<ActivityEvent> begin(NoteFact fact, Begin begin, FeedState state) {
        if (state.wasTold(fact.causedBy().toString(), begin.action())) {
            return List.of();
        }
        Optional<Job> same = state.open().stream()
                .filter(job -> job.subject().equals(begin.subject().key())
                        && job.action().equals(begin.action()))
                .findFirst();
        if (same.isPresent()) {
            return moved(fact.account(), same.get(), begin.status(), same.get().percent());
        }
        Entity entity = new Entity(
                begin.subject().type(),
                String.valueOf(begin.subject().id()),
                begin.label().orElseGet(() -> label(begin.subject().key(), state)));
        return List.of(new ActivityRecorded(
                fact.account(),
                state.lastActivityId() + 1,
                fact.causedBy(),
                fact.correlationId(),
                begin.action(),
                begin.status(),
                entity,
                begin.secondary().map(second -> labelled(second, state)),
                fact.userId()));
    }

    private static List<ActivityEvent> progress(NoteFact fact, Progress progress, FeedState state) {
        return state.open().stream()
                .filter(job -> job.subject().equals(progress.subject().key()))
                .filter(job ->
                        progress.actions().isEmpty() || progress.actions().contains(job.action()))
                .filter(job -> !progress.startedOnly() || job.status() == Status.started)
                .flatMap(job -> moved(fact.account(), job, progress.status(), progress.percent()).stream())
                .toList();
    }

    private static List<ActivityEvent> moved(AccountId account, Job job, Status to, int percent) {
        boolean further = to.compareTo(job.status()) > 0 || (to == job.status() && percent > job.percent());
        return further ? List.of(new ActivityProgressed(account, job.activityId(), to, percent)) : List.of();
    }

    private static Entity labelled(Entity entity, FeedState state) {
        String key = entity.type() + ":" + entity.id();
        return entity.label().isEmpty() ? new Entity(entity.type(), entity.id(), label(key, state)) : entity;
    }

    private static String label(String key, FeedState state) {
        return Optional.ofNullable(state.labels().get(key)).orElse(key.replace(":", ""));
    }

    @Override
    public FeedState evolve(FeedState state, ActivityEvent event) {
        return switch (event) {
            case ActivityRecorded recorded -> state.with(recorded);
            case ActivityProgressed progressed -> state.with(progressed);
            case ActivitiesSeen seen -> state.seen(seen.upToActivityId());
            case ActivityRead _ -> state;
        };
    }

    @Override
    public Scope scope(FeedState state) {
        return state.account() == 0 ? Scope.NONE : Scope.of(AccountId.of(state.account()));
    }
}

package lpm.account.activity;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import lpm.account.activity.FeedCommand.NoteFact;
import lpm.account.activity.Step.Subject;
import lpm.contracts.Command;
import lpm.contracts.account.ActivityEvent.Status;
import lpm.platform.rest.Call;

/** Tells the feed what this service itself did, in the transaction that does it. */
@Singleton
public final class OwnActivities {
    private final Call call;

    public OwnActivities(Call call) {
        this.call = call;
    }

    /** Decides a command and notes it in the feed of the caller's account, both or neither. */
    public void send(Command command, String action, String type, long id, String label) {
        store(Stream.of(command), action, new Subject(type, id), label);
    }

    /** Notes something that no event tells of. */
    public void note(String action, String type, long id, String label) {
        store(Stream.empty(), action, new Subject(type, id), label);
    }

    private void store(Stream<Command> before, String action, Subject subject, String label) {
        Step step = new Step.Begin(action, Status.notification, subject, Optional.of(label), Optional.empty());
        long user = call.caller().user().value();
        NoteFact fact = new NoteFact(
                call.account(), UUID.randomUUID(), call.request().correlationId(), Optional.of(user), List.of(step));
        List<Command> unit = Stream.concat(before, Stream.of(fact)).toList();
        FeedState feed = call.sendSilently(unit).state(fact.aggregateId(), FeedState.class);
        call.eventId(feed.lastActivityId());
    }
}

package lpm.account.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import lpm.account.activity.FeedCommand.MarkRead;
import lpm.account.activity.FeedCommand.MarkSeen;
import lpm.account.activity.FeedCommand.NoteFact;
import lpm.account.activity.Step.Begin;
import lpm.account.activity.Step.Subject;
import lpm.contracts.AccountId;
import lpm.contracts.account.ActivityEvent;
import lpm.contracts.account.ActivityEvent.ActivitiesSeen;
import lpm.contracts.account.ActivityEvent.ActivityProgressed;
import lpm.contracts.account.ActivityEvent.ActivityRead;
import lpm.contracts.account.ActivityEvent.ActivityRecorded;
import lpm.contracts.account.ActivityEvent.Entity;
import lpm.contracts.account.ActivityEvent.Status;
import lpm.platform.DeciderSpec;
import org.junit.jupiter.api.Test;

class FeedDeciderTest {
    private static final AccountId ACCOUNT = AccountId.of(7);
    private static final Subject LINODE = Subject.linode(5);
    private static final UUID CHAIN = new UUID(0, 99);
    private static final Entity WEB = new Entity("linode", "5", "web");

    private final DeciderSpec<FeedCommand, FeedState, ActivityEvent> spec = DeciderSpec.of(new FeedDecider());

    @Test
    void idsGrowByOne() {
        spec.when(fact(1, create())).then(recorded(1, 1, "linode_create", Status.scheduled));
        List<ActivityEvent> events = new ArrayList<>();
        for (int i = 2; i <= 300; i++) {
            List<ActivityEvent> more = spec.when(fact(i, Step.begin("linode_update", Status.notification, LINODE)))
                    .events();
            more.forEach(spec::given);
            events.addAll(more);
        }

        assertThat(events)
                .extracting(event -> ((ActivityRecorded) event).activityId())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, 300).boxed().toList());
    }

    @Test
    void anActionGoesFromScheduledToFinishedUnderOneId() {
        spec.when(fact(1, create()))
                .then(recorded(1, 1, "linode_create", Status.scheduled))
                .when(fact(2, Step.at(LINODE, 20, "linode_create")))
                .then(new ActivityProgressed(ACCOUNT, 1, Status.started, 20))
                .when(fact(3, Step.finished(LINODE, "linode_create")))
                .then(new ActivityProgressed(ACCOUNT, 1, Status.finished, 100))
                .when(fact(4, Step.failed(LINODE, "linode_create")))
                .thenNothing();
    }

    @Test
    void aFactToldTwiceIsRecordedOnce() {
        spec.when(fact(1, create()))
                .then(recorded(1, 1, "linode_create", Status.scheduled))
                .when(fact(1, create()))
                .thenNothing()
                .when(fact(2, Step.finished(LINODE, "linode_create")))
                .then(new ActivityProgressed(ACCOUNT, 1, Status.finished, 100))
                .when(fact(1, create()))
                .thenNothing();
    }

    @Test
    void aPlannedActionStartsInsteadOfBeingRecordedAgain() {
        spec.given(recorded(1, 1, "linode_boot", Status.scheduled))
                .when(fact(2, Step.begin("linode_boot", Status.started, LINODE)))
                .then(new ActivityProgressed(ACCOUNT, 1, Status.started, 0));
    }

    @Test
    void progressNeverGoesBack() {
        spec.given(
                        recorded(1, 1, "linode_migrate", Status.started),
                        new ActivityProgressed(ACCOUNT, 1, Status.started, 50))
                .when(fact(2, Step.at(LINODE, 20, "linode_migrate")))
                .thenNothing();
    }

    @Test
    void progressOfOneLinodeLeavesOthersAlone() {
        spec.given(recorded(1, 1, "linode_boot", Status.started))
                .when(fact(2, Step.finished(Subject.linode(6), "linode_boot")))
                .thenNothing();
    }

    @Test
    void laterActivitiesKnowTheLabelUntilTheLinodeIsGone() {
        spec.given(recorded(1, 1, "linode_create", Status.notification))
                .when(fact(2, Step.begin("linode_delete", Status.started, LINODE)))
                .then(recorded(2, 2, "linode_delete", Status.started))
                .when(fact(3, Step.finished(LINODE, "linode_delete")))
                .then(new ActivityProgressed(ACCOUNT, 2, Status.finished, 100));

        assertThat(spec.state().labels()).isEmpty();
        assertThat(spec.state().open()).isEmpty();
    }

    @Test
    void aSecondaryLinodeIsNamedByItsLabel() {
        Entity unnamed = new Entity("linode", "5", "");
        Step attach = new Begin(
                "volume_attach", Status.started, Subject.volume(9), Optional.of("data"), Optional.of(unnamed));

        assertThat(spec.given(recorded(1, 1, "linode_create", Status.notification))
                        .when(fact(2, attach))
                        .events())
                .singleElement()
                .isInstanceOfSatisfying(ActivityRecorded.class, event -> assertThat(event.secondaryEntity())
                        .contains(WEB));
    }

    @Test
    void seenGoesForwardOnlyAndNotBeyondWhatIsThere() {
        spec.given(recorded(1, 1, "linode_create", Status.notification))
                .when(new MarkSeen(ACCOUNT, 2))
                .thenRefused("Not found")
                .when(new MarkSeen(ACCOUNT, 1))
                .then(new ActivitiesSeen(ACCOUNT, 1))
                .when(new MarkSeen(ACCOUNT, 1))
                .thenNothing()
                .when(new MarkRead(ACCOUNT, 1))
                .then(new ActivityRead(ACCOUNT, 1))
                .when(new MarkRead(ACCOUNT, 2))
                .thenRefused("Not found");
    }

    private static Step create() {
        return new Begin("linode_create", Status.scheduled, LINODE, Optional.of("web"), Optional.empty());
    }

    private static NoteFact fact(long id, Step... steps) {
        return new NoteFact(ACCOUNT, new UUID(1, id), CHAIN, Optional.of(3L), List.of(steps));
    }

    private static ActivityRecorded recorded(long id, long causedBy, String action, Status status) {
        return new ActivityRecorded(
                ACCOUNT, id, new UUID(1, causedBy), CHAIN, action, status, WEB, Optional.empty(), Optional.of(3L));
    }
}

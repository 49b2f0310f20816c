package lpm.migration.live;

import static lpm.migration.live.Some.A;
import static lpm.migration.live.Some.B;
import static lpm.migration.live.Some.B2;
import static lpm.migration.live.Some.B_OLD;
import static lpm.migration.live.Some.ID;
import static lpm.migration.live.Some.LINODE;
import static lpm.migration.live.Some.LIVE;
import static lpm.migration.live.Some.N;
import static lpm.migration.live.Some.NEXT;
import static lpm.migration.live.Some.askedTarget;
import static lpm.migration.live.Some.calm;
import static lpm.migration.live.Some.committed;
import static lpm.migration.live.Some.completed;
import static lpm.migration.live.Some.fenced;
import static lpm.migration.live.Some.givenUp;
import static lpm.migration.live.Some.lost;
import static lpm.migration.live.Some.opened;
import static lpm.migration.live.Some.registered;
import static lpm.migration.live.Some.seen;
import static lpm.migration.live.Some.seenAt;
import static lpm.migration.live.Some.started;
import static lpm.migration.live.Some.storageReady;

import java.util.Optional;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.migration.MigrationEvent;
import lpm.migration.live.AttemptCommand.Cancel;
import lpm.migration.live.AttemptCommand.NoteHost;
import lpm.migration.live.AttemptCommand.NoteOrderRefused;
import lpm.migration.live.AttemptCommand.NoteSeen;
import lpm.migration.live.AttemptCommand.NoteSendFailed;
import lpm.migration.live.AttemptCommand.NoteSilence;
import lpm.migration.live.AttemptCommand.Step;
import lpm.platform.DeciderSpec;
import org.junit.jupiter.api.Test;

/** The rules after the point of no return. */
class CompletionTest {
    private static DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> afterCommit() {
        return DeciderSpec.of(new MigrationDecider())
                .given(
                        started(LIVE),
                        storageReady(),
                        opened(LIVE),
                        committed(LIVE, "source released", Optional.of(40L)));
    }

    private static NoteSilence silence(Step step, int probe) {
        return new NoteSilence(ID, step, probe, calm(A), calm(B));
    }

    @Test
    void afterTheCommitNothingAborts() {
        afterCommit()
                .when(new Cancel(ID, "operator"))
                .thenNothing()
                .when(new NoteHost(ID, fenced(A)))
                .thenNothing()
                .when(new NoteSendFailed(ID, A, seen(State.running, false), "late"))
                .thenNothing()
                .when(new NoteSeen(ID, A, seen(State.running, false), true))
                .thenNothing();
    }

    @Test
    void resumeIsOrderedAgainForEver() {
        afterCommit()
                .when(silence(Step.committed, 0))
                .then(askedTarget(LIVE, false, "no word from the target", 1))
                .when(silence(Step.committed, 0))
                .thenNothing()
                .when(silence(Step.committed, 1))
                .then(askedTarget(LIVE, false, "no word from the target", 2));
    }

    @Test
    void aTargetSeenRunningAtTheNextEpochCompletes() {
        afterCommit()
                .when(new NoteSeen(ID, B, seenAt(State.running, NEXT, true), false))
                .then(completed(Optional.empty(), Optional.of(40L), Optional.empty()));
        afterCommit()
                .when(new NoteSeen(ID, B, seenAt(State.running, N, true), true))
                .thenNothing();
    }

    @Test
    void isLostOnlyWhenTheTargetIsProvedToBeGone() {
        afterCommit().when(new NoteHost(ID, fenced(B))).then(lost("the target was fenced"));
        afterCommit().when(new NoteHost(ID, registered(B2))).then(lost("the target was registered anew"));
        afterCommit()
                .when(new NoteSilence(ID, Step.committed, 0, calm(A), fenced(B)))
                .then(lost("the target was fenced"));
        afterCommit()
                .when(new NoteSeen(ID, B, seenAt(State.absent, 0, false), true))
                .then(lost("nothing of the Linode is at the target"));
    }

    @Test
    void whatTheTargetShowsUnaskedProvesNoAbsence() {
        afterCommit()
                .when(new NoteSeen(ID, B, seenAt(State.absent, 0, false), false))
                .thenNothing();
        afterCommit()
                .when(new NoteSeen(ID, B, seenAt(State.paused, N, true), true))
                .thenNothing();
        afterCommit().when(new NoteHost(ID, fenced(B_OLD))).thenNothing();
    }

    @Test
    void aCopyThatIsNotWholeIsGivenUpOnceItHadItsTime() {
        String reason = "the target's copy is not whole and nobody sends any more";
        NoteSeen incomplete =
                new NoteSeen(ID, B, new DomainSeen(LINODE, State.paused, true, NEXT, 1, Optional.of(ID)), true);
        NoteSeen orphan = new NoteSeen(ID, B, seenAt(State.paused, 0, false), true);
        askedFourTimes().when(incomplete).then(givenUp(reason, 5));
        askedFourTimes().when(orphan).then(givenUp(reason, 5));
        askedFourTimes().when(new NoteSeen(ID, B, incomplete.seen(), false)).thenNothing();
        askedFourTimes()
                .when(new NoteSeen(ID, B, seenAt(State.paused, NEXT, true), true))
                .thenNothing();
        afterCommit().given(askedTarget(LIVE, false, "", 3)).when(incomplete).thenNothing();
    }

    @Test
    void aCopyGivenUpIsLostWhenItIsGoneAndCompletedWhenItRuns() {
        DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> dropping =
                askedFourTimes().given(givenUp("incomplete", 5));
        NoteSeen incomplete =
                new NoteSeen(ID, B, new DomainSeen(LINODE, State.paused, true, NEXT, 1, Optional.of(ID)), true);
        dropping.when(incomplete).thenNothing();
        dropping.when(silence(Step.committed, 5)).then(givenUp("no word from the target", 6));
        askedFourTimes()
                .given(givenUp("incomplete", 5))
                .when(new NoteSeen(ID, B, seenAt(State.absent, 0, false), true))
                .then(lost("nothing of the Linode is at the target"));
        askedFourTimes()
                .given(givenUp("incomplete", 5))
                .when(new NoteSeen(ID, B, seenAt(State.running, NEXT, true), true))
                .then(completed(Optional.empty(), Optional.of(40L), Optional.empty()));
    }

    private static DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> askedFourTimes() {
        return afterCommit().given(askedTarget(LIVE, false, "", 4));
    }

    @Test
    void aRefusedResumeAsksAtOnceButOnlyOnce() {
        afterCommit()
                .when(new NoteOrderRefused(ID, B, "host.ResumeLinode", "no copy"))
                .then(askedTarget(LIVE, false, "the target refused host.ResumeLinode: no copy", 1))
                .when(new NoteOrderRefused(ID, B, "host.ResumeLinode", "no copy"))
                .thenNothing();
    }
}

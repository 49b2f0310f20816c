package lpm.migration.live;

import static lpm.migration.live.Some.A;
import static lpm.migration.live.Some.A2;
import static lpm.migration.live.Some.B;
import static lpm.migration.live.Some.B2;
import static lpm.migration.live.Some.ID;
import static lpm.migration.live.Some.LIVE;
import static lpm.migration.live.Some.N;
import static lpm.migration.live.Some.NEXT;
import static lpm.migration.live.Some.aborted;
import static lpm.migration.live.Some.asked;
import static lpm.migration.live.Some.calm;
import static lpm.migration.live.Some.cancelRequested;
import static lpm.migration.live.Some.committed;
import static lpm.migration.live.Some.fenced;
import static lpm.migration.live.Some.opened;
import static lpm.migration.live.Some.received;
import static lpm.migration.live.Some.registered;
import static lpm.migration.live.Some.seen;
import static lpm.migration.live.Some.seenAt;
import static lpm.migration.live.Some.started;
import static lpm.migration.live.Some.storageReady;

import java.util.Optional;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.migration.MigrationEvent;
import lpm.migration.live.AttemptCommand.Cancel;
import lpm.migration.live.AttemptCommand.NoteHost;
import lpm.migration.live.AttemptCommand.NoteOrderRefused;
import lpm.migration.live.AttemptCommand.NoteReleased;
import lpm.migration.live.AttemptCommand.NoteResumed;
import lpm.migration.live.AttemptCommand.NoteSeen;
import lpm.migration.live.AttemptCommand.NoteSendFailed;
import lpm.migration.live.AttemptCommand.NoteSilence;
import lpm.migration.live.AttemptCommand.Step;
import lpm.platform.DeciderSpec;
import org.junit.jupiter.api.Test;

/** The rules of the hand-over window. */
class HandoverTest {
    private static final String SILENT = "no word from the source";

    private static DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> window() {
        return DeciderSpec.of(new MigrationDecider()).given(started(LIVE), storageReady(), opened(LIVE));
    }

    private static NoteSilence silence(Step step, int probe) {
        return new NoteSilence(ID, step, probe, calm(A), calm(B));
    }

    @Test
    void theTargetsWordAloneNeverCommits() {
        window().given(received())
                .when(new NoteSeen(ID, B, seenAt(State.paused, NEXT, true), true))
                .thenNothing()
                .when(new NoteSeen(ID, B, seenAt(State.running, NEXT, true), true))
                .thenNothing()
                .when(new NoteResumed(ID, B, NEXT, 1))
                .thenNothing();
    }

    @Test
    void aTimeoutOnlyAsks() {
        window().when(silence(Step.window, 0))
                .then(asked(LIVE, A, B, SILENT, 1))
                .when(silence(Step.window, 0))
                .thenNothing()
                .when(silence(Step.window, 1))
                .then(asked(LIVE, A, B, SILENT, 2));
        window().given(received()).when(silence(Step.received, 0)).then(asked(LIVE, A, B, SILENT, 1));
        window().when(silence(Step.preparing, 0)).thenNothing();
        window().when(silence(Step.committed, 0)).thenNothing();
    }

    @Test
    void aSourceThatRunsItWithoutJobAborts() {
        window().when(new NoteSendFailed(ID, A, seen(State.running, false), "connection lost"))
                .then(aborted(true, false, false, "connection lost"));
        window().given(asked(LIVE, A, B, SILENT, 1))
                .when(new NoteSeen(ID, A, seen(State.running, false), true))
                .then(aborted(true, false, false, "the source was asked"));
    }

    @Test
    void aSourceThatStillSendsIsWaitedFor() {
        window().when(new NoteSeen(ID, A, seen(State.running, true), true)).thenNothing();
        window().when(new NoteSeen(ID, A, seen(State.suspended, true), true)).thenNothing();
    }

    @Test
    void aSuspendedSourceWithoutJobIsWokenAfterTheAbort() {
        window().when(new NoteSeen(ID, A, seen(State.suspended, false), true))
                .then(aborted(true, true, false, "the source was asked"));
    }

    @Test
    void aSourceWithoutTheLinodeCommits() {
        window().when(new NoteSeen(ID, A, seen(State.absent, false), true))
                .then(committed(LIVE, "source absent", Optional.empty()));
        window().when(new NoteSendFailed(ID, A, seen(State.off, false), "odd"))
                .then(committed(LIVE, "source absent", Optional.empty()));
    }

    @Test
    void whatTheSourceShowsUnaskedIsNotBelievedUnderTheSameRegistration() {
        window().when(new NoteSeen(ID, A, seen(State.absent, false), false)).thenNothing();
        window().when(new NoteSeen(ID, A, seen(State.running, false), false)).thenNothing();
    }

    @Test
    void theInventoryOfANewRegistrationIsBelieved() {
        window().when(new NoteSeen(ID, A2, seen(State.absent, false), false))
                .then(committed(LIVE, "source absent", Optional.empty()));
        window().when(new NoteSeen(ID, A2, seen(State.running, false), false))
                .then(aborted(true, false, false, "the source was asked"));
    }

    @Test
    void aReleaseUnderAnotherRegistrationIsIgnored() {
        window().when(new NoteReleased(ID, A2, 1)).thenNothing();
    }

    @Test
    void aFencedSourceCommitsOnlyWhenTheTargetHasTheWholeCopy() {
        window().given(received())
                .when(new NoteHost(ID, fenced(A)))
                .then(committed(LIVE, "source fenced", Optional.empty()));
        window().when(new NoteHost(ID, fenced(A)))
                .then(aborted(true, false, true, "the source was fenced before the target had the whole copy"));
    }

    @Test
    void aFenceHeardBeforeTheAttemptIsFoundByTheReminder() {
        window().when(new NoteSilence(ID, Step.window, 0, fenced(A), calm(B)))
                .then(aborted(true, false, true, "the source was fenced before the target had the whole copy"));
    }

    @Test
    void aSourceRegisteredAnewIsAskedThere() {
        window().when(new NoteHost(ID, registered(A2))).then(asked(LIVE, A2, B, "the source was registered anew", 1));
        window().when(new NoteSilence(ID, Step.window, 0, registered(A2), calm(B)))
                .then(asked(LIVE, A2, B, SILENT, 1));
    }

    @Test
    void aTargetThatIsOutEndsNothingButStopsTheCopy() {
        String reason = "the target was fenced or registered anew";
        window().when(new NoteHost(ID, fenced(B)))
                .then(cancelRequested(reason))
                .when(new NoteHost(ID, fenced(B)))
                .thenNothing();
        window().when(new NoteSilence(ID, Step.window, 0, calm(A), registered(B2)))
                .then(cancelRequested(reason), asked(LIVE, A, B2, SILENT, 1));
    }

    @Test
    void cancellingInTheWindowOnlyAsksTheSourceToStop() {
        window().when(new Cancel(ID, "operator"))
                .then(cancelRequested("operator"))
                .when(new Cancel(ID, "operator"))
                .thenNothing()
                .when(new NoteReleased(ID, A, 40))
                .then(committed(LIVE, "source released", Optional.of(40L)));
    }

    @Test
    void aLostCancelIsSaidAgainWhenTheSourceStillSends() {
        window().given(cancelRequested("operator"))
                .when(new NoteSeen(ID, A, seen(State.running, true), true))
                .then(cancelRequested("still asked to stop"));
    }

    @Test
    void theFirstRefusalOfTheSourceAsksAtOnce() {
        window().when(new NoteOrderRefused(ID, A2, "host.SendLinode", "stale epoch"))
                .then(asked(LIVE, A2, B, "the source refused host.SendLinode: stale epoch", 1))
                .when(new NoteOrderRefused(ID, A2, "host.SendLinode", "stale epoch"))
                .thenNothing();
    }

    @Test
    void aWholeCopySeenAtTheTargetIsRemembered() {
        window().when(new NoteSeen(ID, B, seenAt(State.paused, N, true), false)).then(received());
        window().when(new NoteSeen(ID, B, seenAt(State.paused, N, false), false))
                .thenNothing();
    }
}

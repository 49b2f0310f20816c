package lpm.migration.live;

import static lpm.migration.live.Some.A;
import static lpm.migration.live.Some.A2;
import static lpm.migration.live.Some.B;
import static lpm.migration.live.Some.B2;
import static lpm.migration.live.Some.B_OLD;
import static lpm.migration.live.Some.COLD;
import static lpm.migration.live.Some.ID;
import static lpm.migration.live.Some.LIVE;
import static lpm.migration.live.Some.N;
import static lpm.migration.live.Some.NEXT;
import static lpm.migration.live.Some.URI;
import static lpm.migration.live.Some.aborted;
import static lpm.migration.live.Some.asked;
import static lpm.migration.live.Some.askedTarget;
import static lpm.migration.live.Some.calm;
import static lpm.migration.live.Some.cancelRequested;
import static lpm.migration.live.Some.committed;
import static lpm.migration.live.Some.completed;
import static lpm.migration.live.Some.fenced;
import static lpm.migration.live.Some.lost;
import static lpm.migration.live.Some.opened;
import static lpm.migration.live.Some.received;
import static lpm.migration.live.Some.registered;
import static lpm.migration.live.Some.seen;
import static lpm.migration.live.Some.seenAt;
import static lpm.migration.live.Some.started;
import static lpm.migration.live.Some.storageReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.CopyStarted;
import lpm.migration.live.AttemptCommand.Begin;
import lpm.migration.live.AttemptCommand.Cancel;
import lpm.migration.live.AttemptCommand.NoteHost;
import lpm.migration.live.AttemptCommand.NoteIncomingReady;
import lpm.migration.live.AttemptCommand.NoteIncomingRefused;
import lpm.migration.live.AttemptCommand.NoteOrderRefused;
import lpm.migration.live.AttemptCommand.NoteReceived;
import lpm.migration.live.AttemptCommand.NoteReleased;
import lpm.migration.live.AttemptCommand.NoteResumed;
import lpm.migration.live.AttemptCommand.NoteSeen;
import lpm.migration.live.AttemptCommand.NoteSendFailed;
import lpm.migration.live.AttemptCommand.NoteSendStarted;
import lpm.migration.live.AttemptCommand.NoteSilence;
import lpm.migration.live.AttemptCommand.NoteStorageReady;
import lpm.migration.live.AttemptCommand.NoteStorageRefused;
import lpm.migration.live.AttemptCommand.Step;
import lpm.platform.DeciderSpec;
import org.junit.jupiter.api.Test;

class MigrationDeciderTest {
    private static final String SILENT = "no word from the source";

    private static DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> nothing() {
        return DeciderSpec.of(new MigrationDecider());
    }

    private static DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> preparing() {
        return nothing().given(started(LIVE));
    }

    private static DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> inviting() {
        return preparing().given(storageReady());
    }

    private static DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> window() {
        return inviting().given(opened(LIVE));
    }

    private static DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> afterCommit() {
        return window().given(committed(LIVE, "source released", Optional.of(40L)));
    }

    private static NoteSilence silence(Step step, int probe) {
        return new NoteSilence(ID, step, probe, calm(A), calm(B));
    }

    @Test
    void goesFromTheOrderToTheWindowStepByStep() {
        nothing()
                .when(new Begin(LIVE))
                .then(started(LIVE))
                .when(new NoteStorageReady(ID))
                .then(storageReady())
                .when(new NoteIncomingReady(ID, B, URI))
                .then(opened(LIVE))
                .when(new NoteSendStarted(ID, A, 300))
                .then(new CopyStarted(ID, Some.LINODE, 300))
                .when(new NoteReceived(ID, B))
                .then(received())
                .when(new NoteReleased(ID, A, 40))
                .then(committed(LIVE, "source released", Optional.of(40L)))
                .when(new NoteResumed(ID, B, NEXT, 120))
                .then(completed(Optional.of(300L), Optional.of(40L), Optional.of(120L)));
    }

    @Test
    void acceptsRepeatsSilently() {
        preparing().when(new Begin(LIVE)).thenNothing();
        inviting().when(new NoteStorageReady(ID)).thenNothing();
        window().when(new NoteIncomingReady(ID, B, URI)).thenNothing();
        window().given(new CopyStarted(ID, Some.LINODE, 300))
                .when(new NoteSendStarted(ID, A, 300))
                .thenNothing();
        window().given(received()).when(new NoteReceived(ID, B)).thenNothing();
        afterCommit().when(new NoteReleased(ID, A, 40)).thenNothing();
    }

    @Test
    void abortsAtOnceWhatCannotBeAMove() {
        Terms toItself = new Terms(
                ID, LIVE.linode(), LIVE.account(), LIVE.mode(), A, A, N, NEXT, LIVE.spec(), LIVE.maxPauseMillis());
        assertThat(nothing().when(new Begin(toItself)).events()).hasSize(2);
    }

    // --- before the window ---------------------------------------------------------------------------------------

    @Test
    void anyRefusalBeforeTheWindowAborts() {
        preparing().when(new NoteStorageRefused(ID, "no path")).then(aborted(false, false, false, "no path"));
        inviting().when(new NoteIncomingRefused(ID, B, "no memory")).then(aborted(false, false, false, "no memory"));
        inviting()
                .when(new NoteOrderRefused(ID, B2, "host.PrepareIncoming", "stale epoch"))
                .then(aborted(false, false, false, "stale epoch"));
    }

    @Test
    void silenceBeforeTheWindowAborts() {
        preparing()
                .when(silence(Step.preparing, 0))
                .then(aborted(false, false, false, "the storage of the target did not answer"));
        inviting().when(silence(Step.inviting, 0)).then(aborted(false, false, false, "the target did not answer"));
        inviting().when(silence(Step.preparing, 0)).thenNothing();
    }

    @Test
    void cancelsAtOnceBeforeTheWindow() {
        preparing().when(new Cancel(ID, "changed my mind")).then(aborted(false, false, false, "changed my mind"));
        inviting().when(new Cancel(ID, "changed my mind")).then(aborted(false, false, false, "changed my mind"));
    }

    @Test
    void aHostThatIsOutBeforeTheWindowAborts() {
        inviting().when(new NoteHost(ID, fenced(A))).then(aborted(false, false, true, "the source was fenced"));
        inviting()
                .when(new NoteHost(ID, registered(A2)))
                .then(aborted(false, false, false, "the source was registered anew"));
        inviting()
                .when(new NoteHost(ID, registered(B2)))
                .then(aborted(false, false, false, "the target was fenced or registered anew"));
        inviting().when(new NoteHost(ID, registered(B))).thenNothing();
        inviting().when(new NoteHost(ID, fenced(B_OLD))).thenNothing();
    }

    @Test
    void ignoresTheTargetsWordUnderAnotherRegistration() {
        inviting().when(new NoteIncomingReady(ID, B_OLD, URI)).thenNothing();
        inviting().when(new NoteIncomingRefused(ID, B_OLD, "old")).thenNothing();
        window().when(new NoteReceived(ID, B_OLD)).thenNothing();
        afterCommit().when(new NoteResumed(ID, B_OLD, NEXT, 1)).thenNothing();
    }

    // --- within the window ---------------------------------------------------------------------------------------

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

    // --- after the commit ----------------------------------------------------------------------------------------

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
    void aRefusedResumeAsksAtOnceButOnlyOnce() {
        afterCommit()
                .when(new NoteOrderRefused(ID, B, "host.ResumeLinode", "no copy"))
                .then(askedTarget(LIVE, false, "the target refused host.ResumeLinode: no copy", 1))
                .when(new NoteOrderRefused(ID, B, "host.ResumeLinode", "no copy"))
                .thenNothing();
    }

    @Test
    void nothingFollowsTheEnd() {
        afterCommit()
                .given(lost("the target was fenced"))
                .when(new NoteResumed(ID, B, NEXT, 1))
                .thenNothing()
                .when(new NoteReleased(ID, A, 1))
                .thenNothing()
                .when(new Begin(LIVE))
                .thenNothing();
        assertThatThrownBy(
                        () -> window().given(aborted(true, false, false, "x"), committed(LIVE, "x", Optional.empty()))
                                .state())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void namesItsAccountInTheEnvelope() {
        MigrationDecider decider = new MigrationDecider();
        assertThat(decider.scope(window().state()).account()).isEqualTo(LIVE.account());
        assertThat(decider.scope(nothing().given(started(COLD)).state()).ownerEpoch())
                .isEqualTo(N);
    }
}

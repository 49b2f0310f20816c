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
import static lpm.migration.live.Some.calm;
import static lpm.migration.live.Some.committed;
import static lpm.migration.live.Some.completed;
import static lpm.migration.live.Some.fenced;
import static lpm.migration.live.Some.lost;
import static lpm.migration.live.Some.opened;
import static lpm.migration.live.Some.received;
import static lpm.migration.live.Some.registered;
import static lpm.migration.live.Some.started;
import static lpm.migration.live.Some.storageReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
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
import lpm.migration.live.AttemptCommand.NoteSendStarted;
import lpm.migration.live.AttemptCommand.NoteSilence;
import lpm.migration.live.AttemptCommand.NoteStorageReady;
import lpm.migration.live.AttemptCommand.NoteStorageRefused;
import lpm.migration.live.AttemptCommand.Step;
import lpm.platform.DeciderSpec;
import org.junit.jupiter.api.Test;

class MigrationDeciderTest {
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
                .when(new NoteSendStarted(ID, A, 300, Optional.of(9_000L)))
                .then(new CopyStarted(ID, Some.LINODE, 300, Optional.of(9_000L)))
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
        window().given(new CopyStarted(ID, Some.LINODE, 300, Optional.of(9_000L)))
                .when(new NoteSendStarted(ID, A, 300, Optional.of(9_000L)))
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

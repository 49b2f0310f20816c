package lpm.migration.live;

import static lpm.migration.live.Some.A;
import static lpm.migration.live.Some.A2;
import static lpm.migration.live.Some.B;
import static lpm.migration.live.Some.COLD;
import static lpm.migration.live.Some.ID;
import static lpm.migration.live.Some.N;
import static lpm.migration.live.Some.NEXT;
import static lpm.migration.live.Some.aborted;
import static lpm.migration.live.Some.asked;
import static lpm.migration.live.Some.askedTarget;
import static lpm.migration.live.Some.calm;
import static lpm.migration.live.Some.committed;
import static lpm.migration.live.Some.completed;
import static lpm.migration.live.Some.fenced;
import static lpm.migration.live.Some.lost;
import static lpm.migration.live.Some.opened;
import static lpm.migration.live.Some.seen;
import static lpm.migration.live.Some.seenAt;
import static lpm.migration.live.Some.started;

import java.util.Optional;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.migration.MigrationEvent;
import lpm.migration.live.AttemptCommand.Begin;
import lpm.migration.live.AttemptCommand.Cancel;
import lpm.migration.live.AttemptCommand.NoteBootFailed;
import lpm.migration.live.AttemptCommand.NoteBooted;
import lpm.migration.live.AttemptCommand.NoteHost;
import lpm.migration.live.AttemptCommand.NoteSeen;
import lpm.migration.live.AttemptCommand.NoteSilence;
import lpm.migration.live.AttemptCommand.NoteStopped;
import lpm.migration.live.AttemptCommand.NoteStorageReady;
import lpm.migration.live.AttemptCommand.Step;
import lpm.platform.DeciderSpec;
import org.junit.jupiter.api.Test;

class ColdMoveTest {
    private static final String STOPPED = "the Linode stopped at the source";

    private static DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> stopping() {
        return DeciderSpec.of(new MigrationDecider()).given(started(COLD), opened(COLD));
    }

    private static DeciderSpec<AttemptCommand, MigrationState, MigrationEvent> booting() {
        return stopping().given(committed(COLD, "source absent", Optional.empty()));
    }

    @Test
    void shutsDownAndBootsWithoutInvitation() {
        DeciderSpec.of(new MigrationDecider())
                .when(new Begin(COLD))
                .then(started(COLD))
                .when(new NoteStorageReady(ID))
                .then(opened(COLD))
                .when(new NoteStopped(ID, A, N))
                .then(asked(COLD, A, B, STOPPED, 1))
                .when(new NoteSeen(ID, A, seen(State.off, false), true))
                .then(committed(COLD, "source absent", Optional.empty()))
                .when(new NoteBooted(ID, B, NEXT))
                .then(completed(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void aReportedStopAloneDoesNotCommit() {
        stopping().when(new NoteStopped(ID, A, N)).then(asked(COLD, A, B, STOPPED, 1));
        stopping().when(new NoteStopped(ID, A, N - 1)).thenNothing();
        stopping().when(new NoteStopped(ID, B, N)).thenNothing();
    }

    @Test
    void aSourceThatStillRunsIsWaitedFor() {
        stopping().when(new NoteSeen(ID, A, seen(State.running, false), true)).thenNothing();
        stopping()
                .when(new NoteSeen(ID, A2, seen(State.running, false), true))
                .then(aborted(true, false, false, "the source was asked"));
    }

    @Test
    void aFencedSourceIsAStoppedSource() {
        stopping().when(new NoteHost(ID, fenced(A))).then(committed(COLD, "source fenced", Optional.empty()));
    }

    @Test
    void isNotCancelledOnceTheShutdownIsOrdered() {
        stopping().when(new Cancel(ID, "operator")).thenNothing();
    }

    @Test
    void aFailedBootIsTriedAgainAndThenOnlyAskedFor() {
        booting()
                .when(new NoteBootFailed(ID, B, NEXT, "no memory"))
                .then(askedTarget(COLD, true, "the boot failed: no memory", 1))
                .when(new NoteBootFailed(ID, B, NEXT, "no memory"))
                .then(askedTarget(COLD, true, "the boot failed: no memory", 2))
                .when(new NoteBootFailed(ID, B, NEXT, "no memory"))
                .then(askedTarget(COLD, false, "the boot failed: no memory", 3))
                .when(new NoteBootFailed(ID, B, NEXT, "no memory"))
                .thenNothing()
                .when(new NoteSeen(ID, B, seenAt(State.absent, 0, false), true))
                .then(lost("nothing of the Linode is at the target"));
    }

    @Test
    void anAnswerBeforeTheLastBootProvesNothing() {
        booting().when(new NoteSeen(ID, B, seenAt(State.off, 0, false), false)).thenNothing();
        booting()
                .when(new NoteSilence(ID, Step.committed, 0, calm(A), calm(B)))
                .then(askedTarget(COLD, true, "no word from the target", 1));
    }

    @Test
    void ignoresBootsOfOtherEpochsAndHosts() {
        booting().when(new NoteBooted(ID, B, N)).thenNothing();
        booting().when(new NoteBooted(ID, A, NEXT)).thenNothing();
        booting().when(new NoteBootFailed(ID, B, N, "old")).thenNothing();
    }
}

package lpm.scheduler.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.DrainEvent;
import lpm.contracts.scheduler.DrainEvent.DrainBlocked;
import lpm.contracts.scheduler.DrainEvent.DrainCancelled;
import lpm.contracts.scheduler.DrainEvent.DrainCompleted;
import lpm.contracts.scheduler.DrainEvent.DrainMoveEnded;
import lpm.contracts.scheduler.DrainEvent.DrainMoveStarted;
import lpm.contracts.scheduler.DrainEvent.DrainStarted;
import lpm.platform.DeciderSpec;
import lpm.platform.json.Json;
import lpm.scheduler.drain.DrainCommand.CancelDrain;
import lpm.scheduler.drain.DrainCommand.FinishDrain;
import lpm.scheduler.drain.DrainCommand.NoteLeft;
import lpm.scheduler.drain.DrainCommand.NoteStayed;
import lpm.scheduler.drain.DrainCommand.NoteUnmovable;
import lpm.scheduler.drain.DrainCommand.StartDrain;
import lpm.scheduler.drain.DrainCommand.StartDrainMove;
import org.junit.jupiter.api.Test;

class DrainDeciderTest {
    private static final HostId H1 = new HostId("h1");
    private static final LinodeId ONE = new LinodeId(1);
    private static final LinodeId TWO = new LinodeId(2);
    private static final DrainStarted STARTED = new DrainStarted(4, H1, List.of(ONE, TWO), 1);
    private static final DrainMoveStarted ONE_MOVES = new DrainMoveStarted(4, H1, ONE);

    @Test
    void startingTwiceStartsOnce() {
        spec().when(new StartDrain(4, H1, List.of(ONE, TWO), 1))
                .then(STARTED)
                .when(new StartDrain(4, H1, List.of(ONE, TWO), 1))
                .thenNothing();
    }

    @Test
    void noMoreMoveAtOnceThanAskedFor() {
        spec().given(STARTED)
                .when(new StartDrainMove(4, ONE))
                .then(ONE_MOVES)
                .when(new StartDrainMove(4, TWO))
                .thenRefused("1 Linodes are already moving.");
        spec().given(STARTED, ONE_MOVES).when(new StartDrainMove(4, ONE)).thenRefused("Linode 1 is already moving.");
    }

    @Test
    void aLinodeThatHasLeftIsNotedOnceWhicheverWayItLeft() {
        spec().given(STARTED, ONE_MOVES)
                .when(new NoteLeft(4, ONE))
                .then(new DrainMoveEnded(4, H1, ONE, true, "left the host"))
                .when(new NoteLeft(4, ONE))
                .thenNothing();
        spec().given(STARTED).when(new NoteLeft(4, TWO)).then(new DrainMoveEnded(4, H1, TWO, true, "left the host"));
    }

    @Test
    void aGivenUpMoveFreesItsPlaceForOthers() {
        spec().given(STARTED, ONE_MOVES)
                .when(new NoteStayed(4, ONE, "pause too long"))
                .then(new DrainMoveEnded(4, H1, ONE, false, "pause too long"))
                .when(new NoteStayed(4, ONE, "pause too long"))
                .thenNothing()
                .when(new StartDrainMove(4, TWO))
                .then(new DrainMoveStarted(4, H1, TWO));
    }

    @Test
    void theUnmovableAreNotedWithTheirAttempts() {
        spec().given(STARTED)
                .when(new NoteUnmovable(4, ONE, "no host"))
                .then(new DrainBlocked(4, H1, List.of(ONE), "no host", 1))
                .when(new NoteUnmovable(4, ONE, "no host"))
                .then(new DrainBlocked(4, H1, List.of(ONE), "no host", 2));
        spec().given(STARTED, ONE_MOVES).when(new NoteUnmovable(4, ONE, "busy")).thenNothing();
    }

    @Test
    void endsOnlyWhenNobodyMoves() {
        spec().given(STARTED, ONE_MOVES).when(new FinishDrain(4)).thenRefused("1 Linodes are still moving.");
        spec().given(STARTED, ONE_MOVES, new DrainMoveEnded(4, H1, ONE, true, "left the host"))
                .when(new FinishDrain(4))
                .then(new DrainCompleted(4, H1, 1))
                .when(new FinishDrain(4))
                .thenNothing();
    }

    @Test
    void aCancelledDrainStartsNoMove() {
        spec().given(STARTED)
                .when(new CancelDrain(4, "uncordoned"))
                .then(new DrainCancelled(4, H1, "uncordoned"))
                .when(new StartDrainMove(4, ONE))
                .thenRefused("The drain is not running.")
                .when(new NoteLeft(4, ONE))
                .thenNothing();
    }

    @Test
    void whoCannotLeaveIsAskedEverMoreSeldom() {
        assertThat(DrainProcess.wait(1)).isEqualTo(Duration.ofSeconds(15));
        assertThat(DrainProcess.wait(3)).isEqualTo(Duration.ofSeconds(60));
        assertThat(DrainProcess.wait(40)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void itsStateSurvivesASnapshot() {
        DrainState state = spec().given(STARTED, ONE_MOVES, new DrainBlocked(4, H1, List.of(TWO), "busy", 1))
                .state();
        assertThat(Json.read(Json.write(state), DrainState.class)).isEqualTo(state);
    }

    private static DeciderSpec<DrainCommand, DrainState, DrainEvent> spec() {
        return DeciderSpec.of(new DrainDecider());
    }
}

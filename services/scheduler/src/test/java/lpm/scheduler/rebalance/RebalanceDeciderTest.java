package lpm.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.scheduler.RebalanceEvent;
import lpm.contracts.scheduler.RebalanceEvent.Move;
import lpm.contracts.scheduler.RebalanceEvent.MoveSkipped;
import lpm.contracts.scheduler.RebalanceEvent.RebalanceCompleted;
import lpm.contracts.scheduler.RebalanceEvent.RebalanceMoveEnded;
import lpm.contracts.scheduler.RebalanceEvent.RebalanceMoveStarted;
import lpm.contracts.scheduler.RebalanceEvent.RebalancePlanned;
import lpm.platform.DeciderSpec;
import lpm.platform.json.Json;
import lpm.scheduler.rebalance.RebalanceCommand.NoteRebalanceMoveEnded;
import lpm.scheduler.rebalance.RebalanceCommand.SkipMove;
import lpm.scheduler.rebalance.RebalanceCommand.StartRebalance;
import lpm.scheduler.rebalance.RebalanceCommand.StartRebalanceMove;
import org.junit.jupiter.api.Test;

class RebalanceDeciderTest {
    private static final LinodeId ONE = new LinodeId(1);
    private static final LinodeId TWO = new LinodeId(2);
    private static final Move FIRST = new Move(ONE, new HostId("h1"), new HostId("h2"), 0.5, 0.3);
    private static final Move SECOND = new Move(TWO, new HostId("h1"), new HostId("h3"), 0.3, 0.2);
    private static final RebalancePlanned PLANNED =
            new RebalancePlanned(9, "balance", List.of(FIRST, SECOND), 0.5, 0.2, 1);

    @Test
    void aPlanWithoutMovesIsCompleteAtOnce() {
        spec().when(new StartRebalance(9, "balance", List.of(), 0.1, 0.1, 1))
                .then(new RebalancePlanned(9, "balance", List.of(), 0.1, 0.1, 1), new RebalanceCompleted(9, 0, 0))
                .when(new StartRebalance(9, "balance", List.of(), 0.1, 0.1, 1))
                .thenNothing();
    }

    @Test
    void movesOneAfterTheOtherUntilAllAreOver() {
        spec().given(PLANNED)
                .when(new StartRebalanceMove(9, ONE))
                .then(new RebalanceMoveStarted(9, FIRST))
                .when(new StartRebalanceMove(9, TWO))
                .thenRefused("1 Linodes are already moving.")
                .when(new NoteRebalanceMoveEnded(9, ONE, true, "moved"))
                .then(new RebalanceMoveEnded(9, ONE, true, "moved"))
                .when(new NoteRebalanceMoveEnded(9, ONE, true, "moved"))
                .thenNothing()
                .when(new SkipMove(9, TWO, "it no longer helps"))
                .then(new MoveSkipped(9, TWO, "it no longer helps"), new RebalanceCompleted(9, 1, 1));
    }

    @Test
    void noMoveStartsTwice() {
        spec().given(PLANNED, new RebalanceMoveStarted(9, FIRST), new RebalanceMoveEnded(9, ONE, false, "aborted"))
                .when(new StartRebalanceMove(9, ONE))
                .thenRefused("Linode 1 is not waiting for its turn.");
    }

    @Test
    void aMoveThatStartedIsNotSkippedAndOthersEndNothing() {
        spec().given(PLANNED, new RebalanceMoveStarted(9, FIRST))
                .when(new SkipMove(9, ONE, "late"))
                .thenNothing()
                .when(new NoteRebalanceMoveEnded(9, TWO, true, "by somebody else"))
                .thenNothing();
    }

    @Test
    void itsStateSurvivesASnapshot() {
        RebalanceState state =
                spec().given(PLANNED, new RebalanceMoveStarted(9, FIRST)).state();
        assertThat(Json.read(Json.write(state), RebalanceState.class)).isEqualTo(state);
    }

    private static DeciderSpec<RebalanceCommand, RebalanceState, RebalanceEvent> spec() {
        return DeciderSpec.of(new RebalanceDecider());
    }
}

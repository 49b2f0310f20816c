package lpm.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.scheduler.host.FleetHostCommand.CordonHost;
import lpm.scheduler.host.FleetRows;
import lpm.scheduler.linode.LinodeCommand.RequestMove;
import lpm.scheduler.rebalance.RebalanceCommand.NoteRebalanceMoveEnded;
import lpm.scheduler.rebalance.RebalanceCommand.SkipMove;
import lpm.scheduler.rebalance.RebalanceCommand.StartRebalanceMove;
import lpm.scheduler.rebalance.RebalanceRow.MoveRow;
import org.junit.jupiter.api.Test;

class RebalanceMovesTest {
    private static final LinodeId ONE = new LinodeId(1);

    private final FleetRows fleet = new FleetRows()
            .host("h1", 64, 8192)
            .host("h2", 64, 8192)
            .held("h1", 1, 1, 2048)
            .held("h1", 2, 1, 2048);

    @Test
    void aMoveThatStillHelpsIsCarriedOut() {
        running("pending", List.of());
        List<List<Command>> units = next();
        assertThat(units.getFirst().getFirst()).isEqualTo(new StartRebalanceMove(9, ONE));
        assertThat(units.getFirst().getLast()).isInstanceOfSatisfying(RequestMove.class, move -> assertThat(
                        move.target().host())
                .isEqualTo(new HostId("h2")));
        assertThat(units.getLast()).containsExactly(new SkipMove(9, ONE, "the Linode is busy"));
    }

    @Test
    void aMoveThatNoLongerHelpsIsSkipped() {
        running("pending", List.of());
        fleet.held("h2", 3, 1, 4096);
        assertThat(next()).containsExactly(List.of(new SkipMove(9, ONE, "it no longer helps")));
    }

    @Test
    void aMoveToAClosedHostIsSkipped() {
        running("pending", List.of());
        fleet.tell(new CordonHost(new HostId("h2"), "disk"));
        assertThat(next()).containsExactly(List.of(new SkipMove(9, ONE, "it cannot go there any more")));
    }

    @Test
    void nothingStartsWhileEnoughMoveOrWhenAllHadTheirTurn() {
        running("pending", List.of(5L));
        assertThat(next()).isEmpty();
        running("moved", List.of());
        assertThat(next()).isEmpty();
    }

    @Test
    void newsReachTheRebalanceThatMovesTheLinode() {
        running("moving", List.of(1L));
        RebalanceNewsPlanner planner = new RebalanceNewsPlanner();
        assertThat(planner.plan(new RebalanceNews(ONE, true, "moved"), fleet.rows()))
                .containsExactly(List.of(new NoteRebalanceMoveEnded(9, ONE, true, "moved")));
        assertThat(planner.plan(new RebalanceNews(new LinodeId(2), true, "moved"), fleet.rows()))
                .isEmpty();
    }

    private List<List<Command>> next() {
        return new NextRebalanceMovePlanner(_ -> 50).plan(new NextRebalanceMove(9), fleet.rows());
    }

    private void running(String progress, List<Long> moving) {
        MoveRow move = new MoveRow(1, "h1", "h2", progress, 0.2, 0.1);
        fleet.rows()
                .put(
                        RebalanceRow.TABLE,
                        "9",
                        new RebalanceRow(9, "balance", "running", 0.2, 0.1, 1, List.of(move), moving));
    }
}

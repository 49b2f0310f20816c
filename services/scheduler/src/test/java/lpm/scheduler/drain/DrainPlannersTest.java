package lpm.scheduler.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.scheduler.drain.DrainCommand.FinishDrain;
import lpm.scheduler.drain.DrainCommand.NoteLeft;
import lpm.scheduler.drain.DrainCommand.NoteStayed;
import lpm.scheduler.drain.DrainCommand.NoteUnmovable;
import lpm.scheduler.drain.DrainCommand.StartDrainMove;
import lpm.scheduler.host.FleetHostCommand.MarkDrained;
import lpm.scheduler.host.FleetHostCommand.MarkDraining;
import lpm.scheduler.host.FleetHostCommand.ReleaseCapacity;
import lpm.scheduler.host.FleetHostCommand.ReserveCapacity;
import lpm.scheduler.host.FleetRows;
import lpm.scheduler.linode.LinodeCommand.RequestMove;
import org.junit.jupiter.api.Test;

class DrainPlannersTest {
    private static final HostId H1 = new HostId("h1");
    private static final LinodeId ONE = new LinodeId(1);
    private static final LinodeId TWO = new LinodeId(2);

    private final FleetRows fleet = new FleetRows()
            .host("h1", 64, 8192)
            .host("h2", 64, 8192)
            .held("h1", 1, 1, 1024)
            .held("h1", 2, 1, 1024);
    private long ids = 40;

    @Test
    void theFirstLinodeMovesOutInOneUnit() {
        drain(1, List.of(), List.of());
        List<List<Command>> units = next();
        assertThat(units).hasSize(2);
        assertThat(units.getFirst().getFirst()).isEqualTo(new StartDrainMove(4, ONE));
        assertThat(units.getFirst()).hasAtLeastOneElementOfType(ReserveCapacity.class);
        assertThat(units.getFirst().getLast()).isInstanceOfSatisfying(RequestMove.class, move -> {
            assertThat(move.target().host()).isEqualTo(new HostId("h2"));
            assertThat(move.because()).isEqualTo("drain 4 of host h1");
        });
        assertThat(units.getLast()).singleElement().isInstanceOf(NoteUnmovable.class);
    }

    @Test
    void nobodyMovesWhileEnoughOthersDo() {
        drain(1, List.of(1L), List.of());
        assertThat(next()).isEmpty();
    }

    @Test
    void theMovingAndTheWaitingAreLeftAlone() {
        drain(3, List.of(1L), List.of());
        assertThat(next().getFirst().getFirst()).isEqualTo(new StartDrainMove(4, TWO));
        drain(3, List.of(1L), List.of(2L));
        assertThat(next()).isEmpty();
    }

    @Test
    void anEmptyHostEndsTheDrain() {
        drain(1, List.of(), List.of());
        fleet.tell(new ReleaseCapacity(H1, ONE)).tell(new ReleaseCapacity(H1, TWO));
        assertThat(next()).containsExactly(List.of(new FinishDrain(4), new MarkDrained(H1, 4)));
    }

    @Test
    void aDrainThatIsOverPlansNothing() {
        fleet.rows().put(DrainRow.TABLE, "4", new DrainRow(4, "h1", "cancelled", 0, List.of(), List.of(), 0));
        assertThat(next()).isEmpty();
    }

    @Test
    void whoCannotLeaveIsNotedWithTheReason() {
        drain(1, List.of(), List.of());
        fleet.tell(new MarkDraining(new HostId("h2"), 5, 1));
        assertThat(next())
                .containsExactly(List.of(new NoteUnmovable(
                        4,
                        ONE,
                        "No host of 2 can take the Linode (h1: the Linode leaves it, or it already holds room for the "
                                + "Linode; h2: it is being drained).")));
    }

    @Test
    void tryingAgainConcernsOnlyLinodesThatAreStillThere() {
        drain(1, List.of(), List.of(1L));
        TryDrainMovePlanner planner = new TryDrainMovePlanner(_ -> ids++);
        assertThat(planner.plan(new TryDrainMove(4, ONE), fleet.rows())
                        .getFirst()
                        .getFirst())
                .isEqualTo(new StartDrainMove(4, ONE));
        assertThat(planner.plan(new TryDrainMove(4, new LinodeId(9)), fleet.rows()))
                .isEmpty();
    }

    @Test
    void newsOfAHostReachItsDrainOnly() {
        DrainNewsPlanner planner = new DrainNewsPlanner();
        assertThat(planner.plan(new DrainNews(H1, ONE, Optional.empty()), fleet.rows()))
                .isEmpty();
        fleet.tell(new MarkDraining(H1, 4, 1));
        drain(1, List.of(1L), List.of());
        assertThat(planner.plan(new DrainNews(H1, ONE, Optional.empty()), fleet.rows()))
                .containsExactly(List.of(new NoteLeft(4, ONE)));
        assertThat(planner.plan(new DrainNews(H1, ONE, Optional.of("pause")), fleet.rows()))
                .containsExactly(List.of(new NoteStayed(4, ONE, "pause")));
        assertThat(planner.plan(new DrainNews(new HostId("h2"), ONE, Optional.empty()), fleet.rows()))
                .isEmpty();
    }

    private List<List<Command>> next() {
        return new NextDrainMovePlanner(_ -> ids++).plan(new NextDrainMove(4), fleet.rows());
    }

    private void drain(int maxParallel, List<Long> moving, List<Long> waiting) {
        fleet.rows().put(DrainRow.TABLE, "4", new DrainRow(4, "h1", "running", maxParallel, moving, waiting, 0));
    }
}

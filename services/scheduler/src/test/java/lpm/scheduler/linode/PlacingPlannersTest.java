package lpm.scheduler.linode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.Resources;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.scheduler.host.FleetHostCommand.CordonHost;
import lpm.scheduler.host.FleetHostCommand.NoteFenced;
import lpm.scheduler.host.FleetHostCommand.ReserveCapacity;
import lpm.scheduler.host.FleetRows;
import lpm.scheduler.linode.LinodeCommand.AssignHost;
import lpm.scheduler.linode.LinodeCommand.AssignRecoveryHost;
import lpm.scheduler.linode.LinodeCommand.NotePlacementFailed;
import lpm.scheduler.linode.LinodeCommand.RefuseMove;
import lpm.scheduler.linode.LinodeCommand.RequestMove;
import lpm.scheduler.placement.DecisionCommand.NoteDecision;
import lpm.scheduler.placement.DecisionDecider;
import lpm.scheduler.placement.DecisionView;
import lpm.scheduler.placement.PlaceLinode;
import lpm.scheduler.placement.PlanMove;
import lpm.scheduler.placement.Purpose;
import org.junit.jupiter.api.Test;

class PlacingPlannersTest {
    private static final LinodeId ONE = new LinodeId(1);
    private static final Resources SMALL = new Resources(1, 1024);
    private static final MigrationId MIGRATION = new MigrationId(30);

    private final FleetRows fleet = new FleetRows();

    @Test
    void reservesAssignsAndKeepsTheDecisionInOneUnit() {
        fleet.host("h1", 64, 8192).host("h2", 64, 4096);
        List<List<Command>> units = place(Purpose.create, Optional.empty());
        HostRef best = new HostRef(new HostId("h1"), 1);
        assertThat(units).hasSize(3);
        assertThat(units.getFirst()).hasSize(3);
        assertThat(units.getFirst().get(0)).isInstanceOfSatisfying(NoteDecision.class, note -> {
            assertThat(note.decided().decision()).isEqualTo("1-1");
            assertThat(note.decided().chosen()).contains(best);
            assertThat(note.decided().best()).hasSize(2);
        });
        assertThat(units.getFirst().subList(1, 3))
                .containsExactly(
                        new ReserveCapacity(best, ONE, FleetRows.ACCOUNT, SMALL), new AssignHost(ONE, best, "1-1"));
        assertThat(units.get(1).get(1))
                .isEqualTo(new ReserveCapacity(new HostRef(new HostId("h2"), 1), ONE, FleetRows.ACCOUNT, SMALL));
    }

    @Test
    void whenNoHostCanTakeItTheLinodeIsToldWhyAndTheDecisionIsKeptOnce() {
        fleet.host("h1", 64, 512);
        List<List<Command>> units = place(Purpose.create, Optional.empty());
        assertThat(units).hasSize(1);
        NoteDecision kept = (NoteDecision) units.getFirst().getFirst();
        assertThat(kept.decided().chosen()).isEmpty();
        assertThat(kept.decided().refusals()).singleElement().satisfies(refusal -> assertThat(refusal.rule())
                .isEqualTo("headroom"));
        String reason = "No host of 1 can take the Linode (h1: it has 512 MiB and 64 vCPUs free, "
                + "1024 MiB and 1 vCPUs are needed).";
        assertThat(units.getFirst().getLast()).isEqualTo(new NotePlacementFailed(ONE, reason));
        keep(kept);
        assertThat(place(Purpose.create, Optional.empty()).getFirst())
                .containsExactly(new NotePlacementFailed(ONE, reason));
    }

    @Test
    void aLinodeThatHoldsRoomAlreadyIsNotPlacedAgain() {
        fleet.host("h1", 64, 8192).host("h2", 64, 8192).held("h1", 1, 1, 1024);
        assertThat(place(Purpose.create, Optional.empty())).isEmpty();
    }

    @Test
    void recoveryUsesTheLostHostOnlyIfItHasComeBackAndThenInTheRoomItStillHolds() {
        fleet.host("h1", 64, 1024).held("h1", 1, 1, 1024);
        assertThat(place(Purpose.recovery, Optional.of(new HostId("h1")))
                        .getFirst()
                        .getLast())
                .isEqualTo(new AssignRecoveryHost(ONE, new HostRef(new HostId("h1"), 1), "1-1"));
        fleet.tell(new NoteFenced(new HostRef(new HostId("h1"), 1)));
        assertThat(place(Purpose.recovery, Optional.of(new HostId("h1")))
                        .getFirst()
                        .getLast())
                .isInstanceOf(NotePlacementFailed.class);
    }

    @Test
    void recoveryAvoidsAFencedHost() {
        fleet.host("h1", 64, 8192).host("h2", 64, 4096).held("h1", 1, 1, 1024);
        fleet.tell(new NoteFenced(new HostRef(new HostId("h1"), 1)));
        List<List<Command>> units = place(Purpose.recovery, Optional.of(new HostId("h1")));
        assertThat(units.getFirst().getLast())
                .isEqualTo(new AssignRecoveryHost(ONE, new HostRef(new HostId("h2"), 1), "1-1"));
        assertThat(units).hasSize(2);
    }

    @Test
    void aMoveReservesAtTheTargetAndNeverGoesToItsSource() {
        fleet.host("h1", 64, 8192).host("h2", 64, 4096).held("h1", 1, 1, 1024);
        List<List<Command>> units = move(Optional.empty(), Mode.live);
        HostRef target = new HostRef(new HostId("h2"), 1);
        assertThat(units).hasSize(1);
        assertThat(units.getFirst().subList(1, 3))
                .containsExactly(
                        new ReserveCapacity(target, ONE, FleetRows.ACCOUNT, SMALL),
                        new RequestMove(ONE, MIGRATION, target, Mode.live, "asked for", 500));
    }

    @Test
    void aLiveMoveNeedsTheSameCpuModelAColdOneDoesNot() {
        fleet.host("h1", 64, 8192).host("h2", 64, 4096, "xeon").held("h1", 1, 1, 1024);
        assertThat(move(Optional.empty(), Mode.live).getFirst().getFirst()).isInstanceOf(RefuseMove.class);
        assertThat(move(Optional.empty(), Mode.cold).getFirst().getLast()).isInstanceOf(RequestMove.class);
    }

    @Test
    void aClosedTargetIsRefusedWithItsReason() {
        fleet.host("h1", 64, 8192).host("h2", 64, 4096).held("h1", 1, 1, 1024);
        fleet.tell(new CordonHost(new HostId("h2"), "disk"));
        assertThat(move(Optional.of(new HostId("h2")), Mode.live))
                .containsExactly(List.of(new RefuseMove(
                        ONE,
                        "No host of 2 can take the Linode (h1: another host is wished for; h2: it is cordoned).")));
    }

    @Test
    void aLinodeThatIsMovingOrNowhereIsNotMoved() {
        fleet.host("h1", 64, 8192).host("h2", 64, 4096).host("h3", 64, 4096);
        assertThat(move(Optional.empty(), Mode.live))
                .containsExactly(List.of(new RefuseMove(ONE, "The Linode has no host.")));
        fleet.held("h1", 1, 1, 1024).held("h2", 1, 1, 1024);
        assertThat(move(Optional.empty(), Mode.live)).containsExactly(List.of(new RefuseMove(ONE, "Linode busy.")));
    }

    private List<List<Command>> place(Purpose purpose, Optional<HostId> avoid) {
        PlaceLinode question = new PlaceLinode(ONE, FleetRows.ACCOUNT, FleetRows.EAST, SMALL, avoid, purpose);
        return new PlaceLinodePlanner().plan(question, fleet.rows());
    }

    private List<List<Command>> move(Optional<HostId> target, Mode mode) {
        PlanMove question = new PlanMove(ONE, target, mode, MIGRATION, "asked for", 500);
        return new MoveLinodePlanner().plan(question, fleet.rows());
    }

    private void keep(NoteDecision note) {
        DecisionDecider decider = new DecisionDecider();
        new DecisionView()
                .project(
                        FleetRows.envelope(note.decided(), note.aggregateId()),
                        decider.evolve(decider.initial(), note.decided()),
                        fleet.rows());
    }
}

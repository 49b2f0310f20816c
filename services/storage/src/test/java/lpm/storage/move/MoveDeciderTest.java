package lpm.storage.move;

import static lpm.storage.Some.A;
import static lpm.storage.Some.B;
import static lpm.storage.Some.LINODE;
import static lpm.storage.Some.MIGRATION;
import static lpm.storage.Some.bytes;
import static lpm.storage.Some.host;
import static lpm.storage.Some.told;
import static lpm.storage.Some.volume;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lpm.contracts.BlockDevice;
import lpm.contracts.VolumeId;
import lpm.contracts.storage.MoveEvent;
import lpm.contracts.storage.MoveEvent.MoveFinished;
import lpm.contracts.storage.MoveEvent.MovePrepared;
import lpm.contracts.storage.MoveEvent.MoveRefused;
import lpm.contracts.storage.MoveEvent.MoveReleased;
import lpm.contracts.storage.MoveEvent.MoveRequested;
import lpm.platform.DeciderSpec;
import lpm.platform.rows.InMemoryRows;
import lpm.storage.move.MoveCommand.Abort;
import lpm.storage.move.MoveCommand.AskAgain;
import lpm.storage.move.MoveCommand.Finish;
import lpm.storage.move.MoveCommand.NoteConnected;
import lpm.storage.move.MoveCommand.NoteUnreachable;
import lpm.storage.move.MoveCommand.Refuse;
import lpm.storage.move.MoveCommand.Request;
import lpm.storage.volume.VolumeCommand;
import org.junit.jupiter.api.Test;

class MoveDeciderTest {
    private static final List<BlockDevice> DEVICES = List.of(bytes("sda", 3, 25_000), volume(9, 20));
    private static final Request REQUEST = new Request(MIGRATION, LINODE, A, B, DEVICES);
    private static final MoveEvent REQUESTED = new MoveRequested(MIGRATION, LINODE, A, B, DEVICES);
    private static final MoveEvent PREPARED = new MovePrepared(MIGRATION, LINODE);

    private static DeciderSpec<MoveCommand, MoveState, MoveEvent> connecting() {
        return DeciderSpec.of(new MoveDecider()).given(REQUESTED);
    }

    @Test
    void isPreparedOnTheTargetsWordAndHeldUntilTheEnd() {
        DeciderSpec.of(new MoveDecider())
                .when(REQUEST)
                .then(REQUESTED)
                .when(REQUEST)
                .thenNothing()
                .when(new NoteConnected(MIGRATION, A))
                .thenNothing()
                .when(new NoteConnected(MIGRATION, B))
                .then(PREPARED)
                .when(REQUEST)
                .then(PREPARED)
                .when(new Finish(MIGRATION))
                .then(new MoveFinished(MIGRATION, LINODE))
                .when(new Finish(MIGRATION))
                .thenNothing()
                .when(new Abort(MIGRATION))
                .thenNothing();
    }

    @Test
    void isRefusedWhenTheTargetDoesNotReachTheDevices() {
        MoveEvent refused = new MoveRefused(MIGRATION, LINODE, "no path");
        connecting()
                .when(new NoteUnreachable(MIGRATION, host("b", 2), "no path"))
                .then(refused)
                .when(new NoteConnected(MIGRATION, B))
                .thenNothing()
                .when(REQUEST)
                .then(refused)
                .when(new Abort(MIGRATION))
                .thenNothing();
    }

    @Test
    void refusesWithAnEventBecauseTheMigrationWaits() {
        DeciderSpec.of(new MoveDecider())
                .when(new Refuse(MIGRATION, LINODE, "busy"))
                .then(new MoveRefused(MIGRATION, LINODE, "busy"));
        connecting().when(new Refuse(MIGRATION, LINODE, "busy")).thenNothing();
    }

    @Test
    void asksTheTargetAFewTimesAndThenRefuses() {
        connecting()
                .when(new AskAgain(MIGRATION, 0))
                .then(REQUESTED)
                .when(new AskAgain(MIGRATION, 0))
                .thenNothing()
                .when(new AskAgain(MIGRATION, 1))
                .then(REQUESTED)
                .when(new AskAgain(MIGRATION, 2))
                .then(REQUESTED)
                .when(new AskAgain(MIGRATION, 3))
                .then(new MoveRefused(MIGRATION, LINODE, "the target does not answer"));
    }

    @Test
    void anAbortWhileConnectingReleases() {
        connecting()
                .when(new Abort(MIGRATION))
                .then(new MoveReleased(MIGRATION, LINODE))
                .when(new NoteConnected(MIGRATION, B))
                .thenNothing()
                .when(new AskAgain(MIGRATION, 0))
                .thenNothing();
        DeciderSpec.of(new MoveDecider()).when(new Abort(MIGRATION)).thenNothing();
    }

    @Test
    void allVolumesAreHeldTogetherWithTheRequestOrTheMoveIsRefused() {
        assertThat(new PlanMovePlanner().plan(new PlanMove(MIGRATION, LINODE, A, B, DEVICES), new InMemoryRows()))
                .containsExactly(
                        List.of(REQUEST, new VolumeCommand.Hold(VolumeId.of(9), MIGRATION)),
                        List.of(new Refuse(MIGRATION, LINODE, "a volume of the Linode is being changed")));
    }

    @Test
    void theEndLetsGoOfWhatWasHeld() {
        InMemoryRows rows = new InMemoryRows();
        assertThat(new EndHoldPlanner().plan(new EndHold(MIGRATION), rows)).isEmpty();
        new MoveView().project(told(REQUESTED, 0), connecting().state(), rows);
        assertThat(new EndHoldPlanner().plan(new EndHold(MIGRATION), rows))
                .containsExactly(List.of(new VolumeCommand.Release(VolumeId.of(9), MIGRATION)));
    }
}

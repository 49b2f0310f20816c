package lpm.scheduler.linode;

import static lpm.scheduler.linode.LinodeFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lpm.contracts.DiskId;
import lpm.contracts.MigrationId;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.*;
import lpm.scheduler.linode.LinodeCommand.*;
import org.junit.jupiter.api.Test;

class LinodeRecoveryTest {
    @Test
    void runsElsewhereUnderAnEpochNeverIssuedBefore() {
        LinodeFixture linode = moving().given(new NoteMoveAborted(ID, MOVE, false, "target is full"));
        List<LinodeEvent> lost = linode.when(new NoteHostLost(ID, H1, true));
        assertThat(((LinodeLost) lost.getFirst()).ownerEpoch()).isEqualTo(3);
        assertThat(linode.happens(new AssignRecoveryHost(ID, H3, "7-2"))).containsExactly("LinodeRecoveryPlaced");
        assertThat(linode.happens(new NoteDisksTakenOver(ID, 2))).isEmpty();
        assertThat(linode.happens(new NoteDisksTakenOver(ID, 3))).containsExactly("LinodeBootRequested");
        assertThat(linode.placed().ownerEpoch()).isEqualTo(3);
        assertThat(linode.happens(new NoteBooted(ID, H3, 3, 2))).containsExactly("LinodeBooted");
    }

    @Test
    void aRetriedMoveIsGivenTheNextNumber() {
        LinodeFixture linode = moving().given(new NoteMoveAborted(ID, MOVE, false, "cancelled"));
        List<LinodeEvent> again = linode.when(new RequestMove(ID, new MigrationId(91), H2, Mode.live, "drain", 2000));
        LinodeMoveRequested move = (LinodeMoveRequested) again.getFirst();
        assertThat(move.ownerEpoch()).isEqualTo(1);
        assertThat(move.nextEpoch()).isEqualTo(3);
    }

    @Test
    void isNeverRecoveredWhileAMoveIsOpen() {
        LinodeFixture linode = moving();
        assertThat(linode.happens(new NoteHostLost(ID, H1, true))).containsExactly("LinodeHostGone");
        assertThat(linode.happens(new NoteHostLost(ID, H1, true))).isEmpty();
        assertThat(linode.refusal(new AssignRecoveryHost(ID, H3, "7-2"))).isEqualTo(LinodePlacing.HAS_A_HOST);
        assertThat(linode.happens(new NoteMoved(ID, MOVE, H2, 2))).containsExactly("LinodeMoved");
        assertThat(linode.placed().at()).isEqualTo(H2);
        assertThat(linode.placed().running()).isTrue();
    }

    @Test
    void isRecoveredWhenTheHostTheOutcomeNamesIsGone() {
        LinodeFixture target = moving().given(new NoteHostRegistered(ID, at("h2", 2)));
        assertThat(target.happens(new NoteMoved(ID, MOVE, H2, 2))).containsExactly("LinodeMoved", "LinodeLost");
        LinodeFixture source = moving().given(new NoteHostLost(ID, H1, true));
        assertThat(source.happens(new NoteMoveAborted(ID, MOVE, false, "fenced")))
                .containsExactly("LinodeMoveAborted", "LinodeLost");
        assertThat(moving().happens(new NoteMoveAborted(ID, MOVE, true, "fenced")))
                .containsExactly("LinodeMoveAborted", "LinodeLost");
        assertThat(moving().happens(new NoteMoveLost(ID, MOVE, "nobody has it")))
                .containsExactly("LinodeMoveAborted", "LinodeLost");
    }

    @Test
    void aGoneTargetDoesNotHarmAnAbortedMove() {
        LinodeFixture linode = moving().given(new NoteHostLost(ID, H2, true));
        assertThat(linode.happens(new NoteMoveAborted(ID, MOVE, false, "target is gone")))
                .containsExactly("LinodeMoveAborted");
        assertThat(linode.placed().running()).isTrue();
    }

    @Test
    void takesAMoveItHasMadeAlreadyForARepeat() {
        assertThat(moving().happens(move(Mode.live))).isEmpty();
        LinodeFixture moved = moving().given(new NoteMoved(ID, MOVE, H2, 2));
        assertThat(moved.refusal(move(Mode.live))).isEqualTo(LinodeMoves.WAS_MOVED);
        assertThat(moved.happens(new NoteMoved(ID, MOVE, H2, 2))).isEmpty();
        assertThat(moved.placed().ownerEpoch()).isEqualTo(2);
    }

    @Test
    void anOfflineLinodeGetsItsNewHostWithoutAMigration() {
        LinodeFixture linode = offline();
        List<LinodeEvent> events = linode.when(move(Mode.live));
        assertThat(events).hasSize(1).first().isInstanceOf(LinodeReplaced.class);
        assertThat(linode.placed().at()).isEqualTo(H2);
        assertThat(linode.placed().ownerEpoch()).isEqualTo(2);
        assertThat(linode.happens(new Boot(ID))).containsExactly("LinodeBootRequested");
    }

    @Test
    void anOfflineLinodeStaysOffAfterTheLossOfItsHost() {
        LinodeFixture linode = offline().given(new NoteHostLost(ID, H1, true));
        linode.given(new AssignRecoveryHost(ID, H2, "7-2"));
        assertThat(linode.happens(new NoteDisksTakenOver(ID, 2))).containsExactly("LinodeStopped");
        assertThat(linode.placed().idle()).isTrue();
    }

    @Test
    void looksAgainForAHostUnderANewNumber() {
        LinodeFixture linode = running().given(new NoteHostLost(ID, H1, true));
        linode.given(new NotePlacementFailed(ID, "no room"));
        assertThat(linode.happens(new RetryPlacement(ID, 1))).isEmpty();
        List<LinodeEvent> again = linode.when(new RetryPlacement(ID, 2));
        assertThat(((LinodeLost) again.getFirst()).ownerEpoch()).isEqualTo(3);
        assertThat(linode.happens(new RetryPlacement(ID, 2))).isEmpty();
    }

    @Test
    void goesOnProvisioningAtItsNewHost() {
        LinodeFixture linode = ordered().given(new AssignHost(ID, H1, "7-1")).given(new NoteHostLost(ID, H1, true));
        assertThat(linode.happens(new AssignRecoveryHost(ID, H2, "7-2")))
                .containsExactly("LinodeRecoveryPlaced", "LinodePlaced");
        assertThat(linode.happens(new NoteDisksProvisioned(ID, List.of(ROOT_BYTES, SWAP_BYTES))))
                .containsExactly("LinodeDisksReady", "LinodeBootRequested");
    }

    @Test
    void settlesARunningJobBeforeItIsLost() {
        LinodeFixture plugging = running().given(new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES));
        assertThat(plugging.happens(new NoteHostLost(ID, H1, true)))
                .containsExactly("LinodeDeviceRefused", "LinodeLost");
        LinodeFixture resizing = running().given(new Resize(ID, H1, STANDARD, false));
        assertThat(resizing.happens(new NoteHostLost(ID, H1, true)))
                .containsExactly("LinodeResizeRefused", "LinodeLost");
    }

    @Test
    void aDeletionWaitsForTheOpenMove() {
        LinodeFixture linode = moving();
        assertThat(linode.happens(new Delete(ID))).containsExactly("LinodeDeletionRequested");
        assertThat(linode.happens(new NoteMoved(ID, MOVE, H2, 2)))
                .containsExactly("LinodeMoved", "LinodeDestroyRequested");
        assertThat(linode.happens(new NoteDestroyed(ID, H1, 1))).isEmpty();
        assertThat(linode.happens(new NoteDestroyed(ID, H2, 2))).containsExactly("LinodeTornDown");
        LinodeFixture aborted = moving().given(new Delete(ID));
        assertThat(aborted.happens(new NoteMoveAborted(ID, MOVE, false, "cancelled")))
                .containsExactly("LinodeMoveAborted", "LinodeDestroyRequested");
        LinodeFixture nowhere = moving().given(new Delete(ID));
        assertThat(nowhere.happens(new NoteMoveLost(ID, MOVE, "nobody has it")))
                .containsExactly("LinodeMoveAborted", "LinodeTornDown");
    }

    @Test
    void aFencedHostCountsAsDestroyedForADeletion() {
        LinodeFixture linode = running().given(new Delete(ID));
        assertThat(linode.happens(new NoteHostLost(ID, H1, true))).containsExactly("LinodeTornDown");
        assertThat(linode.happens(new NoteDisksDeleted(ID, List.of(new DiskId(11), new DiskId(12)))))
                .containsExactly("LinodeDeleted");
    }

    @Test
    void deletesALostLinodeWithoutAskingAHost() {
        LinodeFixture linode = running().given(new NoteHostLost(ID, H1, true));
        assertThat(linode.happens(new Delete(ID))).containsExactly("LinodeDeletionRequested", "LinodeTornDown");
        assertThat(linode.refusal(new AssignRecoveryHost(ID, H2, "7-2"))).isEqualTo(LinodePlacing.HAS_A_HOST);
    }
}

package lpm.scheduler.linode;

import static lpm.scheduler.linode.LinodeFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.scheduler.ConfigProfile;
import lpm.contracts.scheduler.DiskChange;
import lpm.contracts.scheduler.LinodeDetails;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.*;
import lpm.platform.DeciderSpec;
import lpm.platform.Refusal;
import lpm.scheduler.linode.LinodeCommand.*;
import lpm.scheduler.linode.LinodeState.Deleted;
import lpm.scheduler.linode.LinodeState.Lost;
import org.junit.jupiter.api.Test;

class LinodeDeciderTest {
    @Test
    void isPlacedProvisionedAndBooted() {
        LinodeFixture linode = ordered();
        assertThat(linode.happens(new AssignHost(ID, H1, "7-1"))).containsExactly("LinodePlaced");
        assertThat(linode.happens(new NoteDisksProvisioned(ID, List.of(ROOT_BYTES, SWAP_BYTES))))
                .containsExactly("LinodeDisksReady", "LinodeBootRequested");
        assertThat(linode.placed().body().devices())
                .extracting(BlockDevice::slot)
                .containsExactly("sda", "sdb");
        assertThat(linode.happens(new NoteBooted(ID, H1, 1, 1))).containsExactly("LinodeBooted");
        assertThat(linode.placed().running()).isTrue();
    }

    @Test
    void staysOffWithoutTheWishToBoot() {
        assertThat(offline().placed().running()).isFalse();
        assertThat(offline().placed().idle()).isTrue();
    }

    @Test
    void refusesASecondHostSoThatItsRoomIsNotKept() {
        assertThat(running().refusal(new AssignHost(ID, H2, "7-2"))).isEqualTo(LinodePlacing.HAS_A_HOST);
        assertThat(running().happens(new AssignHost(ID, H1, "7-1"))).isEmpty();
        assertThat(running().happens(new NotePlacementFailed(ID, "no room"))).isEmpty();
    }

    @Test
    void isOfflineWithTheReasonWhenNoHostHasRoom() {
        LinodeFixture linode = ordered();
        assertThat(linode.happens(new NotePlacementFailed(ID, "no room"))).containsExactly("LinodePlacementFailed");
        assertThat(LinodeStatus.of(linode.state())).isEqualTo("offline");
        assertThat(linode.happens(new NotePlacementFailed(ID, "no room"))).isEmpty();
        assertThat(linode.happens(new AssignHost(ID, H1, "7-1"))).containsExactly("LinodePlaced");
    }

    @Test
    void isBusyFromTheOrderUntilTheHostConfirms() {
        LinodeFixture linode = running().given(new Reboot(ID));
        assertThat(linode.refusal(new Boot(ID))).isEqualTo(Refusal.BUSY);
        assertThat(linode.refusal(new Shutdown(ID))).isEqualTo(Refusal.BUSY);
        assertThat(linode.refusal(new Reboot(ID))).isEqualTo(Refusal.BUSY);
        assertThat(linode.refusal(new Resize(ID, H1, STANDARD, true))).isEqualTo(Refusal.BUSY);
        assertThat(linode.refusal(move(Mode.live))).isEqualTo(Refusal.BUSY);
        linode.given(new NoteRebooted(ID, H1, 1, 2));
        assertThat(linode.happens(new Shutdown(ID))).containsExactly("LinodeShutdownRequested");
    }

    @Test
    void takesChangesOfDetailsAndDeletionWhileBusy() {
        LinodeFixture linode = running().given(new Reboot(ID));
        LinodeDetails other = new LinodeDetails("www", "", List.of("a"), false, "linode/migrate");
        assertThat(linode.happens(new UpdateLinode(ID, other))).containsExactly("LinodeUpdated");
        assertThat(linode.happens(new UpdateLinode(ID, other))).isEmpty();
        assertThat(linode.happens(new Delete(ID))).containsExactly("LinodeDeletionRequested", "LinodeDestroyRequested");
    }

    @Test
    void takesABootWhileItsDisksAreMadeForWhatHappensAnyway() {
        LinodeFixture linode = ordered().given(new AssignHost(ID, H1, "7-1"));
        assertThat(linode.happens(new Boot(ID))).isEmpty();
    }

    @Test
    void believesNoFactOfAnotherHostEpochOrOwner() {
        LinodeFixture linode = running().given(new Reboot(ID));
        assertThat(linode.happens(new NoteRebooted(ID, H2, 1, 2))).isEmpty();
        assertThat(linode.happens(new NoteRebooted(ID, at("h1", 2), 1, 2))).isEmpty();
        assertThat(linode.happens(new NoteRebooted(ID, H1, 2, 2))).isEmpty();
        assertThat(linode.happens(new NoteRebooted(ID, H1, 1, 1))).isEmpty();
        assertThat(linode.happens(new NoteStopped(ID, at("h1", 2), 1, "crash"))).isEmpty();
    }

    @Test
    void restartsWhatCrashedButNotWhatItsGuestShutDown() {
        assertThat(running().happens(new NoteStopped(ID, H1, 1, "crash")))
                .containsExactly("LinodeStopped", "LinodeBootRequested");
        assertThat(running().happens(new NoteStopped(ID, H1, 1, "guest"))).containsExactly("LinodeStopped");
        LinodeFixture unwatched =
                running().given(new UpdateLinode(ID, new LinodeDetails("web", "", List.of(), false, "linode/migrate")));
        assertThat(unwatched.happens(new NoteStopped(ID, H1, 1, "crash"))).containsExactly("LinodeStopped");
    }

    @Test
    void takesADuplicateOfEveryFactSilently() {
        LinodeFixture linode = running();
        assertThat(linode.happens(new NoteBooted(ID, H1, 1, 1))).isEmpty();
        assertThat(linode.happens(new NoteDisksProvisioned(ID, List.of(ROOT_BYTES, SWAP_BYTES))))
                .isEmpty();
        linode.given(new Shutdown(ID)).given(new NoteStopped(ID, H1, 1, "requested"));
        assertThat(linode.happens(new NoteStopped(ID, H1, 1, "requested"))).isEmpty();
    }

    @Test
    void asksTheHostWhenAStepTakesLongAndNeverDecidesByTime() {
        LinodeFixture linode = offline().given(new Boot(ID));
        long since = linode.placed().since();
        assertThat(linode.happens(new AskHost(ID, since, 1))).containsExactly("LinodeQueried");
        assertThat(linode.happens(new AskHost(ID, since, 1))).isEmpty();
        assertThat(linode.happens(new AskHost(ID, since + 1, 2))).containsExactly("LinodeQueried");
        assertThat(linode.placed().job()).isInstanceOf(LinodeJob.Booting.class);
        assertThat(linode.happens(seen(H1, DomainSeen.State.running, 1, 1, true)))
                .containsExactly("LinodeBooted");
    }

    @Test
    void ordersALostBootAgainAndGivesUpAfterThreeOrders() {
        LinodeFixture linode = offline().given(new Boot(ID));
        NoteSeen nothing = seen(H1, DomainSeen.State.absent, 0, 0, true);
        assertThat(linode.happens(seen(H1, DomainSeen.State.absent, 0, 0, false)))
                .isEmpty();
        assertThat(linode.happens(nothing)).containsExactly("LinodeBootRequested");
        assertThat(linode.happens(nothing)).containsExactly("LinodeBootRequested");
        assertThat(linode.happens(nothing)).containsExactly("LinodeBootRefused");
        assertThat(linode.placed().body().generation()).isEqualTo(1);
    }

    @Test
    void stopsWhatStartedAfterItsBootWasGivenUp() {
        LinodeFixture linode = offline().given(new Boot(ID));
        NoteSeen nothing = seen(H1, DomainSeen.State.absent, 0, 0, true);
        linode.given(nothing).given(nothing).given(nothing);
        assertThat(linode.happens(new NoteBooted(ID, H2, 1, 2))).isEmpty();
        assertThat(linode.happens(new NoteBooted(ID, H1, 1, 2))).containsExactly("LinodeShutdownRequested");
    }

    @Test
    void stopsWhatRunsThoughItIsOff() {
        LinodeFixture linode = offline();
        assertThat(linode.happens(seen(H1, DomainSeen.State.running, 1, 1, false)))
                .containsExactly("LinodeQueried");
        assertThat(linode.happens(seen(H1, DomainSeen.State.running, 2, 1, true)))
                .isEmpty();
        assertThat(linode.happens(seen(H2, DomainSeen.State.running, 1, 1, true)))
                .isEmpty();
        assertThat(linode.happens(seen(H1, DomainSeen.State.running, 1, 1, true)))
                .containsExactly("LinodeShutdownRequested");
        assertThat(linode.happens(seen(H1, DomainSeen.State.absent, 0, 0, true)))
                .containsExactly("LinodeStopped");
    }

    @Test
    void theReportOfABootCountsThoughAnOlderAnswerMadeItBeOrderedAgain() {
        LinodeFixture linode = offline().given(new Boot(ID));
        assertThat(linode.happens(seen(H1, DomainSeen.State.absent, 0, 0, true)))
                .containsExactly("LinodeBootRequested");
        assertThat(linode.happens(new NoteBooted(ID, H1, 1, 1))).containsExactly("LinodeBooted");
        assertThat(linode.placed().running()).isTrue();
    }

    @Test
    void takesAnInventoryForAQuestionOnly() {
        LinodeFixture linode = running();
        assertThat(linode.happens(seen(H1, DomainSeen.State.absent, 0, 0, false)))
                .containsExactly("LinodeQueried");
        assertThat(linode.placed().running()).isTrue();
        assertThat(linode.happens(seen(H1, DomainSeen.State.absent, 0, 0, true)))
                .containsExactly("LinodeStopped", "LinodeBootRequested");
    }

    @Test
    void resizesARunningLinodeByWayOfOff() {
        LinodeFixture linode = running();
        assertThat(linode.happens(new Resize(ID, H1, STANDARD, true)))
                .containsExactly("LinodeResizeRequested", "LinodeShutdownRequested");
        assertThat(linode.happens(new NoteStopped(ID, H1, 1, "requested")))
                .containsExactly("LinodeStopped", "LinodeDiskChangeRequested");
        assertThat(linode.happens(new NoteDiskResized(ID, new DiskId(11), 50688)))
                .containsExactly("LinodeDiskChanged", "LinodeResized", "LinodeBootRequested");
        assertThat(linode.placed().body().sizing()).isEqualTo(STANDARD);
    }

    @Test
    void keepsItsTypeAndBootsAgainWhenTheDiskCannotGrow() {
        LinodeFixture linode =
                running().given(new Resize(ID, H1, STANDARD, true)).given(new NoteStopped(ID, H1, 1, "requested"));
        assertThat(linode.happens(new NoteDiskResizeRefused(ID, new DiskId(11), "pool is full")))
                .containsExactly("LinodeResizeRefused", "LinodeBootRequested");
        assertThat(linode.placed().body().sizing()).isEqualTo(NANODE);
    }

    @Test
    void refusesATypeItsDisksDoNotFitInto() {
        LinodeFixture linode = offline().given(new Resize(ID, H1, STANDARD, true));
        linode.given(new NoteDiskResized(ID, new DiskId(11), 50688));
        assertThat(linode.refusal(new Resize(ID, H1, NANODE, true))).isEqualTo(LinodeChanges.DISKS_TOO_LARGE);
        assertThat(linode.refusal(new Resize(ID, H1, STANDARD, true))).isEqualTo(LinodeChanges.SAME_TYPE);
    }

    @Test
    void rebuildsOnlyAfterTheHostHasDestroyedWhatRan() {
        LinodeFixture linode = running();
        DiskSpec fresh = new DiskSpec(
                new DiskId(21), "Debian 13 Disk", 20000, "ext4", Optional.of("linode/debian13"), Optional.empty());
        ConfigProfile profile = new ConfigProfile(6, "My web Disk Profile", "linode/grub2", "/dev/sda");
        assertThat(linode.happens(new Rebuild(ID, "linode/debian13", List.of(fresh), profile, true, Optional.empty())))
                .containsExactly("LinodeRebuildRequested");
        assertThat(linode.happens(new NoteDestroyed(ID, H1, 1))).containsExactly("LinodeRebuildStarted");
        assertThat(linode.happens(new NoteDisksDeleted(ID, List.of(new DiskId(11), new DiskId(12)))))
                .isEmpty();
        assertThat(linode.happens(new NoteDisksProvisioned(
                        ID, List.of(new BlockDevice("", BlockDevice.Kind.disk, 21, POOL, 20000)))))
                .containsExactly("LinodeRebuilt", "LinodeBootRequested");
        assertThat(linode.placed().body().image()).contains("linode/debian13");
    }

    @Test
    void changesDisksOfAnOfflineLinodeOnly() {
        DiskSpec more = new DiskSpec(new DiskId(30), "data", 1, "ext4", Optional.empty(), Optional.empty());
        assertThat(running().refusal(new ChangeDisk(ID, DiskChange.add, more))).isEqualTo(LinodeDisks.MUST_BE_OFF);
        assertThat(offline().refusal(new ChangeDisk(ID, DiskChange.add, more))).isEqualTo(LinodeDisks.NO_ROOM);
        LinodeFixture linode = offline();
        assertThat(linode.happens(new ChangeDisk(ID, DiskChange.delete, SWAP)))
                .containsExactly("LinodeDiskChangeRequested");
        assertThat(linode.happens(new NoteDisksDeleted(ID, List.of(new DiskId(12)))))
                .containsExactly("LinodeDiskChanged");
        assertThat(linode.happens(new ChangeDisk(ID, DiskChange.add, more)))
                .containsExactly("LinodeDiskChangeRequested");
        assertThat(linode.happens(
                        new NoteDisksProvisioned(ID, List.of(new BlockDevice("", BlockDevice.Kind.disk, 30, POOL, 1)))))
                .containsExactly("LinodeDiskChanged");
        assertThat(linode.placed().body().disks()).containsExactly(ROOT, more);
    }

    @Test
    void doesNotCreateTwice() {
        assertThat(ordered().refusal(create(true))).contains("exists already");
        DeciderSpec.of(new LinodeDecider()).when(new Boot(ID)).thenRefused("Not found");
    }

    @Test
    void ignoresWhatConcernsAnotherMove() {
        LinodeFixture linode = moving();
        assertThat(linode.happens(new NoteMoved(ID, new MigrationId(91), H2, 2)))
                .isEmpty();
        assertThat(linode.happens(new NoteMoveAborted(ID, new MigrationId(91), true, "no")))
                .isEmpty();
    }

    @Test
    void deletesInAnOrderThatLeavesNothingBehind() {
        LinodeFixture linode = running().given(new Delete(ID));
        assertThat(linode.happens(new Delete(ID))).isEmpty();
        assertThat(linode.refusal(new Boot(ID))).isEqualTo(Refusal.BUSY);
        List<LinodeEvent> down = linode.when(new NoteDestroyed(ID, H1, 1));
        assertThat(down).hasSize(1);
        assertThat(((LinodeTornDown) down.getFirst()).disks()).containsExactly(new DiskId(11), new DiskId(12));
        assertThat(linode.happens(new NoteDisksDeleted(ID, List.of(new DiskId(11)))))
                .isEmpty();
        assertThat(linode.happens(new NoteDisksDeleted(ID, List.of(new DiskId(11), new DiskId(12)))))
                .containsExactly("LinodeDeleted");
        assertThat(linode.state()).isInstanceOf(Deleted.class);
        assertThat(linode.refusal(new Delete(new LinodeId(7)))).isEqualTo("Not found");
    }

    @Test
    void deletesAnUnplacedLinodeAtOnceAndThenTakesNoHost() {
        LinodeFixture linode = ordered();
        assertThat(linode.happens(new Delete(ID))).containsExactly("LinodeDeletionRequested", "LinodeDeleted");
        assertThat(linode.refusal(new AssignHost(ID, H1, "7-1"))).isEqualTo(LinodePlacing.HAS_A_HOST);
        assertThat(linode.happens(new NotePlacementFailed(ID, "deleted"))).isEmpty();
    }

    @Test
    void isLostOnlyWithItsOwnRegistration() {
        assertThat(running().happens(new NoteHostLost(ID, H2, true))).isEmpty();
        assertThat(running().happens(new NoteHostRegistered(ID, at("h1", 1)))).isEmpty();
        LinodeFixture linode = running();
        assertThat(linode.happens(new NoteHostRegistered(ID, at("h1", 2)))).containsExactly("LinodeLost");
        assertThat(linode.state()).isInstanceOf(Lost.class);
    }
}

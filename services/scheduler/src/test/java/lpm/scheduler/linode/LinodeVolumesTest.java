package lpm.scheduler.linode;

import static lpm.scheduler.linode.LinodeFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.VolumeId;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeTornDown;
import lpm.scheduler.linode.LinodeCommand.*;
import org.junit.jupiter.api.Test;

class LinodeVolumesTest {
    @Test
    void attachesAVolumeAtOnceWhereItIsOff() {
        LinodeFixture linode = offline();
        AttachVolume attach = new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES);
        assertThat(linode.happens(attach)).containsExactly("LinodeDeviceQueued", "LinodeDeviceAttached");
        assertThat(linode.placed().body().volume(VOLUME).orElseThrow().slot()).isEqualTo("sdc");
        assertThat(linode.happens(attach)).isEmpty();
        assertThat(linode.happens(new DetachVolume(ID, VOLUME, VOLUME_BYTES)))
                .containsExactly("LinodeDeviceQueued", "LinodeDeviceDetached");
    }

    @Test
    void plugsAVolumeInByItsHostWhereItRuns() {
        LinodeFixture linode = running();
        linode.given(new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES));
        assertThat(linode.placed().job()).isInstanceOf(LinodeJob.Plugging.class);
        assertThat(linode.happens(new NoteDeviceAttached(ID, H1, 1, VOLUME_BYTES)))
                .containsExactly("LinodeDeviceAttached");
        assertThat(linode.placed().idle()).isTrue();
    }

    /** The host may have plugged it in: it is free when nothing of the Linode is left there. */
    @Test
    void aVolumeThatTheHostWasAskedToPlugInIsFreeOnlyAfterTheLinodeIsTornDown() {
        LinodeFixture linode = running().given(new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES));
        assertThat(linode.happens(new Delete(ID))).containsExactly("LinodeDeletionRequested", "LinodeDestroyRequested");
        assertThat(linode.happens(new NoteDeviceAttached(ID, H1, 1, VOLUME_BYTES)))
                .isEmpty();
        LinodeEvent down = linode.when(new NoteDestroyed(ID, H1, 1)).getFirst();
        assertThat(((LinodeTornDown) down).volumes()).containsExactly(VOLUME);
    }

    @Test
    void queuesAVolumeBehindAMoveAndTakesItAfterwards() {
        LinodeFixture linode = moving();
        assertThat(linode.happens(new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES)))
                .containsExactly("LinodeDeviceQueued");
        assertThat(linode.happens(new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES)))
                .isEmpty();
        assertThat(linode.happens(new NoteMoved(ID, MOVE, H2, 2)))
                .containsExactly("LinodeMoved", "LinodeDeviceAttachRequested");
    }

    @Test
    void answersARefusedVolumeWithAnEvent() {
        assertThat(running().happens(new AttachVolume(ID, new AccountId(99), VOLUME, VOLUME_BYTES)))
                .containsExactly("LinodeDeviceRefused");
        assertThat(new LinodeFixture().happens(new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES)))
                .containsExactly("LinodeDeviceRefused");
        LinodeFixture linode = running().given(new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES));
        assertThat(linode.happens(new NoteDeviceRefused(ID, H1, 1, VOLUME_BYTES, "no such image")))
                .containsExactly("LinodeDeviceRefused");
        assertThat(linode.placed().idle()).isTrue();
    }

    @Test
    void keepsNoVolumeWaitingForAHostThatNobodyHasRoomFor() {
        LinodeFixture linode = ordered();
        assertThat(linode.happens(new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES)))
                .containsExactly("LinodeDeviceQueued");
        assertThat(linode.happens(new NotePlacementFailed(ID, "no room")))
                .containsExactly("LinodePlacementFailed", "LinodeDeviceRefused");
        assertThat(linode.happens(new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES)))
                .containsExactly("LinodeDeviceRefused");
    }

    @Test
    void takesNoMoreDevicesThanItHasSlots() {
        LinodeFixture linode = offline();
        for (int i = 1; i <= 6; i++) {
            linode.given(new AttachVolume(
                    ID, OWNER, new VolumeId(i), new BlockDevice("", BlockDevice.Kind.volume, i, POOL, 1)));
        }
        assertThat(linode.happens(new AttachVolume(ID, OWNER, VOLUME, VOLUME_BYTES)))
                .containsExactly("LinodeDeviceRefused");
    }
}

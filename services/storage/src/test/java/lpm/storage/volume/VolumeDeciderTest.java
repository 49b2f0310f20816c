package lpm.storage.volume;

import static lpm.storage.Some.A;
import static lpm.storage.Some.ACCOUNT;
import static lpm.storage.Some.B;
import static lpm.storage.Some.LINODE;
import static lpm.storage.Some.MIGRATION;
import static lpm.storage.Some.OTHER_LINODE;
import static lpm.storage.Some.POOL;
import static lpm.storage.Some.REGION;
import static lpm.storage.Some.STRANGER;
import static lpm.storage.Some.VOLUME;
import static lpm.storage.Some.volume;

import java.util.List;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeEvent.VolumeAttachFailed;
import lpm.contracts.storage.VolumeEvent.VolumeAttachRequested;
import lpm.contracts.storage.VolumeEvent.VolumeAttached;
import lpm.contracts.storage.VolumeEvent.VolumeCreateFailed;
import lpm.contracts.storage.VolumeEvent.VolumeCreated;
import lpm.contracts.storage.VolumeEvent.VolumeDeleted;
import lpm.contracts.storage.VolumeEvent.VolumeDeletionRequested;
import lpm.contracts.storage.VolumeEvent.VolumeDetachFailed;
import lpm.contracts.storage.VolumeEvent.VolumeDetachRequested;
import lpm.contracts.storage.VolumeEvent.VolumeDetached;
import lpm.contracts.storage.VolumeEvent.VolumeHeld;
import lpm.contracts.storage.VolumeEvent.VolumeReady;
import lpm.contracts.storage.VolumeEvent.VolumeReleased;
import lpm.contracts.storage.VolumeEvent.VolumeResizeFailed;
import lpm.contracts.storage.VolumeEvent.VolumeResizeRequested;
import lpm.contracts.storage.VolumeEvent.VolumeResized;
import lpm.contracts.storage.VolumeEvent.VolumeUpdated;
import lpm.contracts.storage.VolumeEvent.VolumeWorkOrdered;
import lpm.contracts.storage.VolumeEvent.Work;
import lpm.platform.DeciderSpec;
import lpm.storage.volume.VolumeCommand.AskAgain;
import lpm.storage.volume.VolumeCommand.Attach;
import lpm.storage.volume.VolumeCommand.Create;
import lpm.storage.volume.VolumeCommand.Delete;
import lpm.storage.volume.VolumeCommand.Detach;
import lpm.storage.volume.VolumeCommand.Hold;
import lpm.storage.volume.VolumeCommand.NoteAttached;
import lpm.storage.volume.VolumeCommand.NoteCreateFailed;
import lpm.storage.volume.VolumeCommand.NoteCreated;
import lpm.storage.volume.VolumeCommand.NoteDetached;
import lpm.storage.volume.VolumeCommand.NoteRefused;
import lpm.storage.volume.VolumeCommand.NoteResizeFailed;
import lpm.storage.volume.VolumeCommand.NoteResized;
import lpm.storage.volume.VolumeCommand.NoteScrubbed;
import lpm.storage.volume.VolumeCommand.Release;
import lpm.storage.volume.VolumeCommand.Resize;
import lpm.storage.volume.VolumeCommand.Update;
import org.junit.jupiter.api.Test;

class VolumeDeciderTest {
    private static final VolumeEvent READY = new VolumeReady(VOLUME);
    private static final VolumeEvent WANTED = new VolumeAttachRequested(VOLUME, ACCOUNT, LINODE, volume(9, 20), true);

    private static VolumeEvent created(Optional<LinodeId> attachTo) {
        return new VolumeCreated(VOLUME, ACCOUNT, "data", REGION, 20, POOL, A, List.of(), Optional.empty(), attachTo);
    }

    private static VolumeEvent work(Work work, long newSizeMib) {
        return new VolumeWorkOrdered(VOLUME, A, work, volume(9, 20), newSizeMib, Optional.empty());
    }

    private static DeciderSpec<VolumeCommand, VolumeState, VolumeEvent> creating(Optional<LinodeId> attachTo) {
        return DeciderSpec.of(new VolumeDecider()).given(created(attachTo), work(Work.create, 20 * 1024));
    }

    private static DeciderSpec<VolumeCommand, VolumeState, VolumeEvent> active() {
        return creating(Optional.empty()).given(READY);
    }

    private static DeciderSpec<VolumeCommand, VolumeState, VolumeEvent> attached() {
        return active().given(WANTED, new VolumeAttached(VOLUME, LINODE, "sdc"));
    }

    private static Create create(Optional<LinodeId> attachTo) {
        return new Create(VOLUME, ACCOUNT, "data", REGION, 20, POOL, A, List.of(), Optional.empty(), attachTo);
    }

    @Test
    void isMadeByAHostAndThenActive() {
        DeciderSpec.of(new VolumeDecider())
                .when(create(Optional.empty()))
                .then(created(Optional.empty()), work(Work.create, 20 * 1024))
                .when(create(Optional.empty()))
                .thenNothing()
                .when(new Attach(VOLUME, ACCOUNT, LINODE, true))
                .thenRefused(VolumeDecider.NOT_ACTIVE)
                .when(new NoteCreated(VOLUME))
                .then(READY)
                .when(new NoteCreated(VOLUME))
                .thenNothing();
    }

    @Test
    void goesToItsLinodeOnceItIsThere() {
        creating(Optional.of(LINODE)).when(new NoteCreated(VOLUME)).then(READY, WANTED);
    }

    /** It may be one that is shut out since, while another one is at work. */
    @Test
    void aHostThatIsAskedNoMoreCannotFailWhatAnotherIsAsked() {
        creating(Optional.empty())
                .when(new AskAgain(VOLUME, 1, B))
                .then(new VolumeWorkOrdered(VOLUME, B, Work.create, volume(9, 20), 20 * 1024, Optional.empty()))
                .when(new NoteCreateFailed(VOLUME, A, "shut out"))
                .thenNothing()
                .when(new NoteCreateFailed(VOLUME, B, "pool is full"))
                .then(new VolumeCreateFailed(VOLUME, ACCOUNT, "data", 20, "pool is full"));
        active().given(new VolumeResizeRequested(VOLUME, ACCOUNT, A, volume(9, 20), 40), work(Work.resize, 40 * 1024))
                .when(new NoteResizeFailed(VOLUME, B, "of an order that is over"))
                .thenNothing()
                .when(new NoteResizeFailed(VOLUME, A, "pool is full"))
                .then(new VolumeResizeFailed(VOLUME, ACCOUNT, 20, 40, "pool is full"));
    }

    @Test
    void isGoneWhenItCouldNotBeMade() {
        creating(Optional.empty())
                .when(new NoteCreateFailed(VOLUME, A, "pool is full"))
                .then(new VolumeCreateFailed(VOLUME, ACCOUNT, "data", 20, "pool is full"))
                .when(new Delete(VOLUME, ACCOUNT, A))
                .thenRefused("Not found");
    }

    @Test
    void asksAnotherHostOnlyForTheNewestOrder() {
        VolumeEvent again = new VolumeWorkOrdered(VOLUME, B, Work.create, volume(9, 20), 20 * 1024, Optional.empty());
        creating(Optional.empty()).when(new AskAgain(VOLUME, 0, B)).thenNothing();
        creating(Optional.empty())
                .when(new AskAgain(VOLUME, 1, B))
                .then(again)
                .when(new AskAgain(VOLUME, 1, B))
                .thenNothing()
                .when(new AskAgain(VOLUME, 2, B))
                .then(again);
        active().when(new AskAgain(VOLUME, 1, B)).thenNothing();
    }

    @Test
    void somebodyElsesVolumeIsNotFound() {
        active().when(new Delete(VOLUME, STRANGER, A)).thenRefused("Not found");
        active().when(new Attach(VOLUME, STRANGER, LINODE, true)).thenRefused("Not found");
        active().when(new Detach(VOLUME, STRANGER)).thenRefused("Not found");
        active().when(new Resize(VOLUME, STRANGER, 40, A)).thenRefused("Not found");
        active().when(new Update(VOLUME, STRANGER, Optional.of("x"), Optional.empty()))
                .thenRefused("Not found");
    }

    @Test
    void attachesToOneLinodeAtATime() {
        active().when(new Attach(VOLUME, ACCOUNT, LINODE, true))
                .then(WANTED)
                .when(new Attach(VOLUME, ACCOUNT, OTHER_LINODE, true))
                .thenRefused(UsableVolume.ATTACHED)
                .when(new NoteAttached(VOLUME, OTHER_LINODE, "sda"))
                .thenNothing()
                .when(new NoteAttached(VOLUME, LINODE, "sdc"))
                .then(new VolumeAttached(VOLUME, LINODE, "sdc"))
                .when(new NoteAttached(VOLUME, LINODE, "sdc"))
                .thenNothing();
    }

    @Test
    void isFreeAgainWhenTheLinodeRefusesIt() {
        active().given(WANTED)
                .when(new NoteRefused(VOLUME, OTHER_LINODE, true, "no slot"))
                .thenNothing()
                .when(new NoteRefused(VOLUME, LINODE, true, "no slot"))
                .then(new VolumeAttachFailed(VOLUME, LINODE, "no slot"))
                .when(new Attach(VOLUME, ACCOUNT, LINODE, true))
                .then(WANTED);
    }

    @Test
    void isOffOnlyOnTheLinodesWord() {
        VolumeEvent wanted = new VolumeDetachRequested(VOLUME, ACCOUNT, LINODE, volume(9, 20));
        attached()
                .when(new Detach(VOLUME, ACCOUNT))
                .then(wanted)
                .when(new Detach(VOLUME, ACCOUNT))
                .thenNothing()
                .when(new Delete(VOLUME, ACCOUNT, A))
                .thenRefused(UsableVolume.MUST_DETACH)
                .when(new NoteDetached(VOLUME, LINODE))
                .then(new VolumeDetached(VOLUME, LINODE))
                .when(new Detach(VOLUME, ACCOUNT))
                .thenRefused(UsableVolume.NOT_ATTACHED);
        attached()
                .given(wanted)
                .when(new NoteRefused(VOLUME, LINODE, false, "in use"))
                .then(new VolumeDetachFailed(VOLUME, LINODE, "in use"))
                .when(new Detach(VOLUME, ACCOUNT))
                .then(wanted);
    }

    @Test
    void aDeletedLinodeLetsItGo() {
        attached().when(new NoteDetached(VOLUME, LINODE)).then(new VolumeDetached(VOLUME, LINODE));
        attached().when(new NoteDetached(VOLUME, OTHER_LINODE)).thenNothing();
        active().given(WANTED)
                .when(new NoteDetached(VOLUME, LINODE))
                .then(new VolumeAttachFailed(VOLUME, LINODE, "the Linode let go of it"));
    }

    @Test
    void growsButNeverShrinks() {
        VolumeEvent resize = new VolumeResizeRequested(VOLUME, ACCOUNT, A, volume(9, 20), 40);
        attached().when(new Resize(VOLUME, ACCOUNT, 20, A)).thenRefused(UsableVolume.ONLY_UP);
        attached()
                .when(new Resize(VOLUME, ACCOUNT, 40, A))
                .then(resize, work(Work.resize, 40 * 1024))
                .when(new Resize(VOLUME, ACCOUNT, 50, A))
                .thenRefused(VolumeDecider.NOT_ACTIVE)
                .when(new NoteResized(VOLUME, 30 * 1024))
                .thenNothing()
                .when(new NoteResized(VOLUME, 40 * 1024))
                .then(new VolumeResized(VOLUME, 40))
                .when(new Resize(VOLUME, ACCOUNT, 30, A))
                .thenRefused(UsableVolume.ONLY_UP);
        active().given(resize)
                .when(new NoteResizeFailed(VOLUME, A, "pool is full"))
                .then(new VolumeResizeFailed(VOLUME, ACCOUNT, 20, 40, "pool is full"))
                .when(new Resize(VOLUME, ACCOUNT, 40, A))
                .then(resize, work(Work.resize, 40 * 1024));
    }

    @Test
    void canBeLetGoWhileItGrows() {
        attached()
                .given(new VolumeResizeRequested(VOLUME, ACCOUNT, A, volume(9, 20), 40))
                .when(new NoteDetached(VOLUME, LINODE))
                .then(new VolumeDetached(VOLUME, LINODE))
                .when(new NoteResized(VOLUME, 40 * 1024))
                .then(new VolumeResized(VOLUME, 40))
                .when(new Detach(VOLUME, ACCOUNT))
                .thenRefused(UsableVolume.NOT_ATTACHED);
    }

    @Test
    void isScrubbedBeforeItIsGone() {
        active().when(new Delete(VOLUME, ACCOUNT, A))
                .then(new VolumeDeletionRequested(VOLUME, ACCOUNT, A, volume(9, 20)), work(Work.delete, 0))
                .when(new Attach(VOLUME, ACCOUNT, LINODE, true))
                .thenRefused("Not found")
                .when(new NoteScrubbed(VOLUME))
                .then(new VolumeDeleted(VOLUME, ACCOUNT, "data", 20))
                .when(new NoteScrubbed(VOLUME))
                .thenNothing();
    }

    @Test
    void aMoveHoldsItAsItIs() {
        attached()
                .when(new Hold(VOLUME, MIGRATION))
                .then(new VolumeHeld(VOLUME, MIGRATION))
                .when(new Hold(VOLUME, MIGRATION))
                .thenNothing()
                .when(new Resize(VOLUME, ACCOUNT, 40, A))
                .thenRefused(UsableVolume.HELD)
                .when(new Release(VOLUME, MIGRATION))
                .then(new VolumeReleased(VOLUME, MIGRATION))
                .when(new Release(VOLUME, MIGRATION))
                .thenNothing()
                .when(new Resize(VOLUME, ACCOUNT, 40, A))
                .then(new VolumeResizeRequested(VOLUME, ACCOUNT, A, volume(9, 20), 40), work(Work.resize, 40 * 1024));
    }

    @Test
    void aVolumeThatIsHeldAndDetachedMeanwhileIsNotDeleted() {
        attached()
                .given(new VolumeHeld(VOLUME, MIGRATION), new VolumeDetached(VOLUME, LINODE))
                .when(new Delete(VOLUME, ACCOUNT, A))
                .thenRefused(UsableVolume.HELD);
    }

    @Test
    void aVolumeThatGrowsIsNotHeld() {
        attached()
                .given(new VolumeResizeRequested(VOLUME, ACCOUNT, A, volume(9, 20), 40))
                .when(new Hold(VOLUME, MIGRATION))
                .thenRefused(VolumeDecider.NOT_ACTIVE);
        DeciderSpec.of(new VolumeDecider()).when(new Hold(VOLUME, MIGRATION)).thenRefused("Not found");
    }

    @Test
    void labelAndTagsChangeAtAnyTime() {
        VolumeEvent updated = new VolumeUpdated(VOLUME, ACCOUNT, "logs", List.of("web"));
        Update update = new Update(VOLUME, ACCOUNT, Optional.of("logs"), Optional.of(List.of("web")));
        creating(Optional.empty()).when(update).then(updated).when(update).thenNothing();
        attached().when(update).then(updated);
    }
}

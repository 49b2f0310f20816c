package lpm.storage.volume;

import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeEvent.VolumeAttachFailed;
import lpm.contracts.storage.VolumeEvent.VolumeAttachRequested;
import lpm.contracts.storage.VolumeEvent.VolumeAttached;
import lpm.contracts.storage.VolumeEvent.VolumeDeletionRequested;
import lpm.contracts.storage.VolumeEvent.VolumeDetachFailed;
import lpm.contracts.storage.VolumeEvent.VolumeDetachRequested;
import lpm.contracts.storage.VolumeEvent.VolumeDetached;
import lpm.contracts.storage.VolumeEvent.VolumeHeld;
import lpm.contracts.storage.VolumeEvent.VolumeReleased;
import lpm.contracts.storage.VolumeEvent.VolumeResizeFailed;
import lpm.contracts.storage.VolumeEvent.VolumeResizeRequested;
import lpm.contracts.storage.VolumeEvent.VolumeResized;
import lpm.contracts.storage.VolumeEvent.VolumeWorkOrdered;
import lpm.contracts.storage.VolumeEvent.Work;
import lpm.platform.Decision;
import lpm.storage.volume.VolumeCommand.AskAgain;
import lpm.storage.volume.VolumeCommand.Attach;
import lpm.storage.volume.VolumeCommand.Delete;
import lpm.storage.volume.VolumeCommand.Detach;
import lpm.storage.volume.VolumeCommand.Hold;
import lpm.storage.volume.VolumeCommand.NoteAttached;
import lpm.storage.volume.VolumeCommand.NoteDetached;
import lpm.storage.volume.VolumeCommand.NoteRefused;
import lpm.storage.volume.VolumeCommand.NoteResizeFailed;
import lpm.storage.volume.VolumeCommand.NoteResized;
import lpm.storage.volume.VolumeCommand.Release;
import lpm.storage.volume.VolumeCommand.Resize;
import lpm.storage.volume.VolumeCommand.Update;
import lpm.storage.volume.VolumeState.Active;
import lpm.storage.volume.VolumeState.Attachment;
import lpm.storage.volume.VolumeState.Attachment.Attached;
import lpm.storage.volume.VolumeState.Attachment.Attaching;
import lpm.storage.volume.VolumeState.Attachment.Detached;
import lpm.storage.volume.VolumeState.Attachment.Detaching;
import lpm.storage.volume.VolumeState.Resizing;
import lpm.storage.volume.VolumeState.Traits;

/**
 * A volume whose bytes are there. The attachment is a record of its own: from the request until the Linode's word.
 * A volume that a move holds is neither resized nor deleted; a detach is passed on, because the Linode queues it
 * behind the move.
 */
final class UsableVolume {
    static final String HELD = "Volume is being migrated.";
    static final String ATTACHED = "Volume is already attached to a Linode.";
    static final String NOT_ATTACHED = "Volume is not attached to a Linode.";
    static final String MUST_DETACH = "Volume must be detached before it can be deleted.";
    static final String ONLY_UP = "Storage volumes can only be resized up.";

    private UsableVolume() {}

    static Decision<VolumeEvent> decide(VolumeCommand command, Active state) {
        Traits it = state.traits();
        return switch (command) {
            case Attach attach -> attach(attach, it, state.attachment());
            case Detach _ -> detach(it, state.attachment());
            case Resize resize -> resize(resize, it);
            case Delete delete -> delete(delete, it, state.attachment());
            case Hold(var _, MigrationId migration) -> hold(migration, it);
            default -> always(command, it, state.attachment());
        };
    }

    static Decision<VolumeEvent> decide(VolumeCommand command, Resizing state) {
        Traits it = state.traits();
        return switch (command) {
            case NoteResized(var _, long sizeMib) ->
                sizeMib >= state.newSizeGib() * VolumeState.MIB_PER_GIB
                        ? Decision.accept(new VolumeResized(it.volume(), state.newSizeGib()))
                        : Decision.accept();
            case NoteResizeFailed(var _, HostRef by, String reason) ->
                by.equals(it.worker())
                        ? Decision.accept(new VolumeResizeFailed(
                                it.volume(), it.account(), it.sizeGib(), state.newSizeGib(), reason))
                        : Decision.accept();
            case AskAgain(var _, long asked, HostRef at) ->
                asked == it.asked()
                        ? Decision.accept(work(it, at, Work.resize, state.newSizeGib()))
                        : Decision.accept();
            case Attach _, Detach _, Resize _, Delete _, Hold _ -> Decision.reject(VolumeDecider.NOT_ACTIVE);
            default -> always(command, it, state.attachment());
        };
    }

    /** What holds whether or not it is being resized: facts about its attachment, holds that end, labels. */
    private static Decision<VolumeEvent> always(VolumeCommand command, Traits it, Attachment attachment) {
        return switch (command) {
            case Update update -> VolumeDecider.updated(update, it);
            case NoteAttached note ->
                attachment.equals(new Attaching(note.linode()))
                        ? Decision.accept(new VolumeAttached(it.volume(), note.linode(), note.slot()))
                        : Decision.accept();
            case NoteRefused note -> refused(note, it, attachment);
            case NoteDetached(var _, LinodeId linode) -> detached(linode, it, attachment);
            case Release(var _, MigrationId migration) ->
                it.heldBy().contains(migration)
                        ? Decision.accept(new VolumeReleased(it.volume(), migration))
                        : Decision.accept();
            default -> Decision.accept();
        };
    }

    private static Decision<VolumeEvent> attach(Attach attach, Traits it, Attachment attachment) {
        return attachment instanceof Detached
                ? Decision.accept(new VolumeAttachRequested(
                        it.volume(), it.account(), attach.linode(), it.device(), attach.persistAcrossBoots()))
                : Decision.reject(ATTACHED);
    }

    private static Decision<VolumeEvent> detach(Traits it, Attachment attachment) {
        return switch (attachment) {
            case Attached(LinodeId linode, String _) ->
                Decision.accept(new VolumeDetachRequested(it.volume(), it.account(), linode, it.device()));
            case Detaching _ -> Decision.accept();
            case Detached _ -> Decision.reject(NOT_ATTACHED);
            case Attaching _ -> Decision.reject("Volume is being attached.");
        };
    }

    private static Decision<VolumeEvent> resize(Resize resize, Traits it) {
        if (resize.sizeGib() <= it.sizeGib()) {
            return Decision.reject("size", ONLY_UP);
        }
        if (it.held()) {
            return Decision.reject(HELD);
        }
        return Decision.accept(
                new VolumeResizeRequested(it.volume(), it.account(), resize.at(), it.device(), resize.sizeGib()),
                work(it, resize.at(), Work.resize, resize.sizeGib()));
    }

    private static Decision<VolumeEvent> delete(Delete delete, Traits it, Attachment attachment) {
        if (!(attachment instanceof Detached)) {
            return Decision.reject(MUST_DETACH);
        }
        if (it.held()) {
            return Decision.reject(HELD);
        }
        return Decision.accept(
                new VolumeDeletionRequested(it.volume(), it.account(), delete.at(), it.device()),
                work(it, delete.at(), Work.delete, 0));
    }

    private static VolumeEvent work(Traits it, HostRef at, Work work, long newSizeGib) {
        return new VolumeWorkOrdered(
                it.volume(), at, work, it.device(), newSizeGib * VolumeState.MIB_PER_GIB, Optional.empty());
    }

    private static Decision<VolumeEvent> hold(MigrationId migration, Traits it) {
        return it.heldBy().contains(migration)
                ? Decision.accept()
                : Decision.accept(new VolumeHeld(it.volume(), migration));
    }

    private static Decision<VolumeEvent> refused(NoteRefused note, Traits it, Attachment attachment) {
        boolean attaching = attachment.equals(new Attaching(note.linode()));
        boolean detaching = attachment instanceof Detaching(LinodeId linode, String _) && linode.equals(note.linode());
        if (note.attach() && attaching) {
            return Decision.accept(new VolumeAttachFailed(it.volume(), note.linode(), note.reason()));
        }
        return !note.attach() && detaching
                ? Decision.accept(new VolumeDetachFailed(it.volume(), note.linode(), note.reason()))
                : Decision.accept();
    }

    /** The Linode's word counts without a request too: a deleted Linode lets go of everything. */
    private static Decision<VolumeEvent> detached(LinodeId linode, Traits it, Attachment attachment) {
        if (attachment.at().filter(linode::equals).isEmpty()) {
            return Decision.accept();
        }
        return attachment instanceof Attaching
                ? Decision.accept(new VolumeAttachFailed(it.volume(), linode, "the Linode let go of it"))
                : Decision.accept(new VolumeDetached(it.volume(), linode));
    }
}

package lpm.storage.volume;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import lpm.contracts.BlockDevice;
import lpm.contracts.MigrationId;
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
import lpm.storage.volume.VolumeCommand.Create;
import lpm.storage.volume.VolumeState.Active;
import lpm.storage.volume.VolumeState.Attachment;
import lpm.storage.volume.VolumeState.Attachment.Attached;
import lpm.storage.volume.VolumeState.Attachment.Attaching;
import lpm.storage.volume.VolumeState.Attachment.Detached;
import lpm.storage.volume.VolumeState.Attachment.Detaching;
import lpm.storage.volume.VolumeState.Creating;
import lpm.storage.volume.VolumeState.Deleting;
import lpm.storage.volume.VolumeState.Gone;
import lpm.storage.volume.VolumeState.None;
import lpm.storage.volume.VolumeState.Resizing;
import lpm.storage.volume.VolumeState.Traits;

/** Folds the facts about one volume. */
final class VolumeFolding {
    private VolumeFolding() {}

    static VolumeState evolve(VolumeState state, VolumeEvent event) {
        return counted(
                switch (event) {
                    case VolumeCreated it -> new Creating(traits(it), Optional.empty(), it.attachTo());
                    case VolumeWorkOrdered it -> ordered(state, it);
                    case VolumeReady _ -> new Active(of(state), new Detached());
                    case VolumeCreateFailed _, VolumeDeleted _ -> new Gone(of(state));
                    case VolumeUpdated it -> changed(state, traits -> traits.named(it.label(), it.tags()));
                    case VolumeAttachRequested it -> attached(state, new Attaching(it.linode()));
                    case VolumeAttached it -> attached(state, new Attached(it.linode(), it.slot()));
                    case VolumeAttachFailed _, VolumeDetached _ -> attached(state, new Detached());
                    case VolumeDetachRequested it -> attached(state, new Detaching(it.linode(), slot(state)));
                    case VolumeDetachFailed it -> attached(state, new Attached(it.linode(), slot(state)));
                    case VolumeResizeRequested it -> new Resizing(of(state), attachment(state), it.newSizeGib());
                    case VolumeResized it -> new Active(of(state).sized(it.newSizeGib()), attachment(state));
                    case VolumeResizeFailed _ -> new Active(of(state), attachment(state));
                    case VolumeDeletionRequested _ -> new Deleting(of(state));
                    case VolumeHeld it -> changed(state, traits -> held(traits, it.migration(), true));
                    case VolumeReleased it -> changed(state, traits -> held(traits, it.migration(), false));
                });
    }

    /** Every event counts, so that a reminder can tell whether its order is still the newest. */
    private static VolumeState counted(VolumeState state) {
        return changed(state, Traits::next);
    }

    static Traits traits(Create it) {
        return new Traits(
                it.volume(),
                it.account(),
                it.label(),
                it.region(),
                it.sizeGib(),
                it.pool(),
                it.tags(),
                Set.of(),
                0,
                -1,
                it.at());
    }

    private static Traits traits(VolumeCreated it) {
        return new Traits(
                it.volume(),
                it.account(),
                it.label(),
                it.region(),
                it.sizeGib(),
                it.pool(),
                it.tags(),
                Set.of(),
                0,
                -1,
                it.at());
    }

    private static VolumeState ordered(VolumeState state, VolumeWorkOrdered it) {
        VolumeState now = changed(state, traits -> traits.ordered(it.at()));
        Optional<BlockDevice> source = it.cloneOf();
        return it.work() == Work.create && now instanceof Creating(Traits traits, var _, var attachTo)
                ? new Creating(traits, source, attachTo)
                : now;
    }

    private static Traits held(Traits traits, MigrationId migration, boolean add) {
        Set<MigrationId> moves = new HashSet<>(traits.heldBy());
        if (add) {
            moves.add(migration);
        } else {
            moves.remove(migration);
        }
        return traits.heldBy(moves);
    }

    private static VolumeState attached(VolumeState state, Attachment now) {
        return switch (state) {
            case Active(Traits traits, var _) -> new Active(traits, now);
            case Resizing(Traits traits, var _, long size) -> new Resizing(traits, now, size);
            case None _, Creating _, Deleting _, Gone _ -> throw misfit(state);
        };
    }

    private static Attachment attachment(VolumeState state) {
        return switch (state) {
            case Active active -> active.attachment();
            case Resizing resizing -> resizing.attachment();
            case None _, Creating _, Deleting _, Gone _ -> throw misfit(state);
        };
    }

    private static String slot(VolumeState state) {
        return switch (attachment(state)) {
            case Attached(var _, String slot) -> slot;
            case Detaching(var _, String slot) -> slot;
            case Detached _, Attaching _ -> throw misfit(state);
        };
    }

    private static VolumeState changed(VolumeState state, UnaryOperator<Traits> change) {
        return switch (state) {
            case None _ -> throw misfit(state);
            case Creating it -> new Creating(change.apply(it.traits()), it.cloneOf(), it.attachTo());
            case Active it -> new Active(change.apply(it.traits()), it.attachment());
            case Resizing it -> new Resizing(change.apply(it.traits()), it.attachment(), it.newSizeGib());
            case Deleting it -> new Deleting(change.apply(it.traits()));
            case Gone it -> new Gone(change.apply(it.traits()));
        };
    }

    private static Traits of(VolumeState state) {
        return VolumeDecider.traits(state).orElseThrow(() -> misfit(state));
    }

    private static IllegalStateException misfit(VolumeState state) {
        return new IllegalStateException("an event does not fit state " + state);
    }
}

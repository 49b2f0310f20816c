package lpm.scheduler.linode;

import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.VolumeId;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceDetached;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceQueued;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceRefused;
import lpm.platform.Decision;
import lpm.scheduler.linode.LinodeBody.QueuedDevice;
import lpm.scheduler.linode.LinodeCommand.*;
import lpm.scheduler.linode.LinodeJob.Plugging;
import lpm.scheduler.linode.LinodeState.Deleted;
import lpm.scheduler.linode.LinodeState.Lost;
import lpm.scheduler.linode.LinodeState.Placed;
import lpm.scheduler.linode.LinodeState.Unknown;
import lpm.scheduler.linode.LinodeState.Unplaced;

/** Volumes at a Linode. Storage waits for each answer, so a refusal is an event. */
final class LinodeVolumes {
    static final String NOT_FOUND = "Not found";
    static final String BEING_DELETED = "The Linode is being deleted.";
    static final String NO_HOST = "The Linode has no host: none had room for it.";

    private LinodeVolumes() {}

    static Decision<LinodeEvent> decide(LinodeCommand.Device command, LinodeState state) {
        return switch (command) {
            case AttachVolume it -> attach(it, state);
            case DetachVolume it -> detach(it, state);
            case NoteDeviceAttached it -> plugged(it.by(), it.ownerEpoch(), it.device(), true, state);
            case NoteDeviceDetached it -> plugged(it.by(), it.ownerEpoch(), it.device(), false, state);
            case NoteDeviceRefused it -> refused(it, state);
        };
    }

    private static Decision<LinodeEvent> attach(AttachVolume wish, LinodeState state) {
        return switch (state) {
            case Unknown _, Deleted _ -> refuse(wish.linode(), wish.volume(), NOT_FOUND);
            case Unplaced it ->
                it.refused().isPresent()
                        ? refuse(wish.linode(), wish.volume(), NO_HOST)
                        : queue(it.body(), wish.device(), wish);
            case Lost it -> queue(it.body(), wish.device(), wish);
            case Placed it -> {
                if (it.doomed()) {
                    yield refuse(wish.linode(), wish.volume(), BEING_DELETED);
                }
                yield queue(it.body(), wish.device(), wish);
            }
        };
    }

    /** Everything waits its turn in the queue; an idle Linode takes the first one in the same decision. */
    private static Decision<LinodeEvent> queue(LinodeBody body, BlockDevice device, AttachVolume wish) {
        if (!body.account().equals(wish.account())) {
            return refuse(wish.linode(), wish.volume(), NOT_FOUND);
        }
        if (body.volume(wish.volume()).isPresent() || queued(body, wish.volume(), true)) {
            return Decision.accept();
        }
        if (body.devices().size() + body.queue().size() >= LinodeSlots.ALL.size()) {
            return refuse(wish.linode(), wish.volume(), LinodeDisks.NO_SLOT);
        }
        return Decision.accept(new LinodeDeviceQueued(body.id(), device, true));
    }

    private static boolean queued(LinodeBody body, VolumeId volume, boolean attach) {
        return body.queue().stream().anyMatch(each -> each.device().id() == volume.value() && each.attach() == attach);
    }

    /** What waits to be attached waits for nothing any more: storage is told so. */
    static LinodeStory refuseQueued(LinodeStory story, LinodeBody body, String reason) {
        body.queue().stream()
                .filter(QueuedDevice::attach)
                .forEach(each ->
                        story.tell(refused(body.id(), new VolumeId(each.device().id()), reason)));
        return story;
    }

    /** A volume is not attached. */
    private static LinodeEvent refused(LinodeId linode, VolumeId volume, String reason) {
        return new LinodeDeviceRefused(linode, volume, true, reason);
    }

    private static Decision<LinodeEvent> refuse(LinodeId linode, VolumeId volume, String reason) {
        return Decision.accept(refused(linode, volume, reason));
    }

    private static Decision<LinodeEvent> detach(DetachVolume wish, LinodeState state) {
        Optional<LinodeBody> body =
                switch (state) {
                    case Unknown _, Deleted _ -> Optional.empty();
                    case Unplaced it -> Optional.of(it.body());
                    case Lost it -> Optional.of(it.body());
                    case Placed it -> Optional.of(it.body());
                };
        if (body.isEmpty() || (body.get().volume(wish.volume()).isEmpty() && !plugging(state, wish.volume()))) {
            return Decision.accept(new LinodeDeviceDetached(wish.linode(), wish.volume()));
        }
        return queued(body.get(), wish.volume(), false) || beingDetached(state, wish.volume())
                ? Decision.accept()
                : Decision.accept(new LinodeDeviceQueued(
                        wish.linode(), body.get().volume(wish.volume()).orElse(wish.device()), false));
    }

    private static boolean plugging(LinodeState state, VolumeId volume) {
        return state instanceof Placed it
                && it.job() instanceof Plugging job
                && job.device().id() == volume.value();
    }

    private static boolean beingDetached(LinodeState state, VolumeId volume) {
        return plugging(state, volume)
                && state instanceof Placed it
                && it.job() instanceof Plugging job
                && !job.attach();
    }

    /** The first of the queue gets its turn. */
    static LinodeEvent begin(Placed it, BlockDevice device, boolean attach) {
        if (!attach) {
            return it.body()
                    .volume(new VolumeId(device.id()))
                    .map(plugged -> LinodeOrders.plug(it, plugged, false))
                    .orElseGet(() -> LinodeOrders.plugged(it, device, false));
        }
        Optional<String> slot = LinodeSlots.forVolume(it.body().devices());
        return slot.map(free -> LinodeOrders.plug(
                        it, new BlockDevice(free, device.kind(), device.id(), device.pool(), device.sizeMib()), true))
                .orElseGet(() ->
                        new LinodeDeviceRefused(it.body().id(), new VolumeId(device.id()), true, LinodeDisks.NO_SLOT));
    }

    private static Decision<LinodeEvent> plugged(
            HostRef by, long ownerEpoch, BlockDevice device, boolean attach, LinodeState state) {
        return state instanceof Placed it
                        && it.job() instanceof Plugging job
                        && job.attach() == attach
                        && job.device().id() == device.id()
                        && job.device().kind() == device.kind()
                        && LinodePower.believed(it, by, ownerEpoch)
                ? Decision.accept(LinodeOrders.plugged(it, job.device(), attach))
                : Decision.accept();
    }

    private static Decision<LinodeEvent> refused(NoteDeviceRefused note, LinodeState state) {
        return state instanceof Placed it
                        && it.job() instanceof Plugging job
                        && job.device().id() == note.device().id()
                        && LinodePower.believed(it, note.by(), note.ownerEpoch())
                ? refused(it, job, note.reason())
                : Decision.accept();
    }

    static Decision<LinodeEvent> refused(Placed it, Plugging job, String reason) {
        return Decision.accept(new LinodeDeviceRefused(
                it.body().id(), new VolumeId(job.device().id()), job.attach(), reason));
    }
}

package lpm.scheduler.linode;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.HostRef;
import lpm.contracts.VolumeId;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeBootRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeDestroyRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceAttachRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceAttached;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceDetachRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceDetached;
import lpm.contracts.scheduler.LinodeEvent.LinodeQueried;
import lpm.contracts.scheduler.LinodeEvent.LinodeRebootRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeRebuildStarted;
import lpm.contracts.scheduler.LinodeEvent.LinodeShutdownRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeStopped;
import lpm.contracts.scheduler.LinodeEvent.LinodeTornDown;
import lpm.platform.Refusal;
import lpm.scheduler.linode.LinodeState.Placed;

/** The events by which a Linode at a host asks for, or takes note of, the next step. */
final class LinodeOrders {
    /** How long a guest may take to shut down from inside. */
    static final int SHUTDOWN_GRACE_SECONDS = 120;

    private LinodeOrders() {}

    static LinodeEvent boot(Placed it, boolean afterHostLoss) {
        return new LinodeBootRequested(
                it.body().id(),
                it.at(),
                it.ownerEpoch(),
                it.body().bootSpec(it.body().generation() + 1),
                afterHostLoss);
    }

    /** The open order to boot, said once more: the same generation, so that whichever arrives is its answer. */
    static LinodeEvent bootAgain(Placed it) {
        return new LinodeBootRequested(
                it.body().id(),
                it.at(),
                it.ownerEpoch(),
                it.body().bootSpec(it.body().generation()),
                false);
    }

    static LinodeEvent shutdown(Placed it) {
        return new LinodeShutdownRequested(it.body().id(), it.at(), it.ownerEpoch(), SHUTDOWN_GRACE_SECONDS);
    }

    static LinodeEvent reboot(Placed it) {
        return new LinodeRebootRequested(
                it.body().id(),
                it.at(),
                it.ownerEpoch(),
                it.body().bootSpec(it.body().generation() + 1),
                SHUTDOWN_GRACE_SECONDS);
    }

    static LinodeEvent stopped(Placed it, boolean requested, String cause) {
        return new LinodeStopped(it.body().id(), requested, cause);
    }

    static LinodeEvent query(Placed it, String because, int attempt) {
        return new LinodeQueried(it.body().id(), it.at(), it.ownerEpoch(), because, attempt);
    }

    static LinodeEvent destroy(Placed it) {
        return new LinodeDestroyRequested(it.body().id(), it.at(), it.ownerEpoch());
    }

    /** Plugs a device in or out: by the host where the Linode runs, at once where it is off. */
    static LinodeEvent plug(Placed it, BlockDevice device, boolean attach) {
        if (it.running()) {
            return attach
                    ? new LinodeDeviceAttachRequested(it.body().id(), it.at(), it.ownerEpoch(), device)
                    : new LinodeDeviceDetachRequested(it.body().id(), it.at(), it.ownerEpoch(), device);
        }
        return plugged(it, device, attach);
    }

    static LinodeEvent plugged(Placed it, BlockDevice device, boolean attach) {
        VolumeId volume = new VolumeId(device.id());
        return attach
                ? new LinodeDeviceAttached(it.body().id(), volume, device)
                : new LinodeDeviceDetached(it.body().id(), volume);
    }

    static LinodeEvent rebuildStarted(Placed it, LinodeEvent.LinodeRebuildRequested wish) {
        return new LinodeRebuildStarted(
                wish.linode(), wish.account(), wish.region(), it.at(), wish.oldDisks(), wish.disks());
    }

    static List<DiskId> diskIds(List<BlockDevice> disks) {
        return disks.stream().map(each -> new DiskId(each.id())).toList();
    }

    /** Everything that hung on what ran is off now. {@code at} must be where bytes can be deleted from, or was last. */
    static LinodeEvent tornDown(LinodeBody body, HostRef at, List<DiskId> more) {
        List<DiskId> disks = Stream.of(
                        body.disks().stream().map(each -> each.disk()),
                        body.ownDisks().stream().map(each -> new DiskId(each.id())),
                        more.stream())
                .flatMap(each -> each)
                .distinct()
                .toList();
        List<VolumeId> volumes = Stream.concat(
                        body.volumes().stream(),
                        body.queue().stream().filter(each -> !each.attach()).map(LinodeBody.QueuedDevice::device))
                .map(each -> new VolumeId(each.id()))
                .distinct()
                .toList();
        return new LinodeTornDown(body.id(), at, disks, volumes);
    }

    /** Why a job cannot begin now, if so. */
    static Optional<Refusal> obstacle(LinodeState state) {
        return switch (state) {
            case LinodeState.Unknown _, LinodeState.Deleted _ -> Optional.of(Refusal.notFound());
            case LinodeState.Unplaced it ->
                Optional.of(
                        it.refused().isPresent() ? Refusal.of("No host has room for this Linode.") : Refusal.busy());
            case LinodeState.Lost _ -> Optional.of(Refusal.busy());
            case Placed it -> it.idle() ? Optional.empty() : Optional.of(Refusal.busy());
        };
    }
}

package lpm.scheduler.linode;

import java.util.stream.Stream;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskSpec;
import lpm.contracts.scheduler.DiskChange;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.*;
import lpm.scheduler.linode.LinodeBody.QueuedDevice;
import lpm.scheduler.linode.LinodeJob.ChangingDisk;
import lpm.scheduler.linode.LinodeJob.Plugging;
import lpm.scheduler.linode.LinodeJob.Resizing;
import lpm.scheduler.linode.LinodeState.Deleted;
import lpm.scheduler.linode.LinodeState.Placed;
import lpm.scheduler.linode.LinodeState.Unknown;

/** Folds what happens to a Linode's disks and volumes. */
final class LinodeDeviceEvolution {
    private LinodeDeviceEvolution() {}

    static LinodeState device(LinodeState state, LinodeEvent.Device event) {
        return switch (event) {
            case LinodeDeviceQueued e ->
                LinodeEvolution.withBody(
                        state, LinodeEvolution.body(state).withQueued(new QueuedDevice(e.device(), e.attach())));
            case LinodeDeviceRefused e ->
                state instanceof Unknown || state instanceof Deleted
                        ? state
                        : unplugged(
                                LinodeEvolution.withBody(
                                        state,
                                        LinodeEvolution.body(state)
                                                .unqueued(e.volume().value())),
                                e.volume().value());
            case LinodeDeviceAttached e -> {
                LinodeBody body =
                        LinodeEvolution.body(state).unqueued(e.volume().value()).withDevice(e.device());
                yield unplugged(
                        LinodeEvolution.withBody(state, body), e.volume().value());
            }
            case LinodeDeviceDetached e -> detached(state, e);
            case LinodeDeviceAttachRequested e -> plugging(LinodeEvolution.placed(state, e), e.device(), true);
            case LinodeDeviceDetachRequested e -> plugging(LinodeEvolution.placed(state, e), e.device(), false);
            case LinodeDiskChangeRequested e -> {
                Placed it = LinodeEvolution.placed(state, e);
                yield it.with(
                        it.job() instanceof Resizing resizing
                                ? new Resizing(resizing.request(), true)
                                : new ChangingDisk(e.change(), e.disk()));
            }
            case LinodeDiskChanged e -> diskChanged(LinodeEvolution.placed(state, e), e);
            case LinodeDiskRefused e -> afterDisk(LinodeEvolution.placed(state, e));
            case LinodeSecretWanted _ -> state;
        };
    }

    private static LinodeState detached(LinodeState state, LinodeDeviceDetached event) {
        if (state instanceof Unknown || state instanceof Deleted) {
            return state;
        }
        long volume = event.volume().value();
        LinodeBody body = LinodeEvolution.body(state).unqueued(volume).withoutDevice(BlockDevice.Kind.volume, volume);
        return unplugged(LinodeEvolution.withBody(state, body), volume);
    }

    private static Placed plugging(Placed it, BlockDevice device, boolean attach) {
        return it.with(it.body().unqueued(device.id()))
                .with(new Plugging(device, attach))
                .asked();
    }

    private static LinodeState unplugged(LinodeState state, long volume) {
        return state instanceof Placed it
                        && it.job() instanceof Plugging job
                        && job.device().id() == volume
                ? it.with(LinodeJob.IDLE)
                : state;
    }

    private static Placed diskChanged(Placed it, LinodeDiskChanged event) {
        BlockDevice device = event.device();
        LinodeBody body =
                switch (event.change()) {
                    case delete -> it.body().withoutDevice(device.kind(), device.id());
                    case resize -> it.body().withDevice(device);
                    case add ->
                        it.body()
                                .withDisks(
                                        Stream.concat(it.body().disks().stream(), added(it.job()))
                                                .toList(),
                                        it.body().withDevice(device).devices());
                };
        return afterDisk(it.with(body));
    }

    private static Stream<DiskSpec> added(LinodeJob job) {
        return job instanceof ChangingDisk it && it.change() == DiskChange.add ? Stream.of(it.disk()) : Stream.empty();
    }

    private static Placed afterDisk(Placed it) {
        return it.job() instanceof ChangingDisk ? it.with(LinodeJob.IDLE) : it;
    }
}

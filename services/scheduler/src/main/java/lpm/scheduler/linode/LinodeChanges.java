package lpm.scheduler.linode;

import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskSpec;
import lpm.contracts.scheduler.DiskChange;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeCreated;
import lpm.contracts.scheduler.LinodeEvent.LinodeDiskChangeRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeRebuildRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeResizeRefused;
import lpm.contracts.scheduler.LinodeEvent.LinodeResizeRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeResized;
import lpm.contracts.scheduler.LinodeEvent.LinodeUpdated;
import lpm.platform.Decision;
import lpm.platform.Refusal;
import lpm.scheduler.linode.LinodeCommand.*;
import lpm.scheduler.linode.LinodeJob.Resizing;
import lpm.scheduler.linode.LinodeState.Placed;

/** Create, update, resize and rebuild. */
final class LinodeChanges {
    static final String SAME_TYPE = "Linode is already running this service plan.";
    static final String DISKS_TOO_LARGE =
            "Linode has allocated more disk than the new service plan allows. Delete or resize disks smaller.";

    private LinodeChanges() {}

    static Decision<LinodeEvent> decide(LinodeCommand.Change command, LinodeState state) {
        return switch (command) {
            case CreateLinode it -> create(it, state);
            case UpdateLinode it -> update(it, state);
            case Resize it -> resize(it, state);
            case Rebuild it -> rebuild(it, state);
        };
    }

    private static Decision<LinodeEvent> create(CreateLinode it, LinodeState state) {
        if (!(state instanceof LinodeState.Unknown)) {
            return Decision.reject("Linode " + it.linode() + " exists already.");
        }
        return Decision.accept(new LinodeCreated(
                it.linode(),
                it.account(),
                it.region(),
                it.details(),
                it.sizing(),
                it.image(),
                it.disks(),
                it.config(),
                it.booted(),
                it.mac(),
                it.ipv4(),
                it.ipv6(),
                it.secretRef()));
    }

    private static Decision<LinodeEvent> update(UpdateLinode it, LinodeState state) {
        return switch (state) {
            case LinodeState.Unknown _, LinodeState.Deleted _ -> Decision.reject(Refusal.notFound());
            case LinodeState.Unplaced _, Placed _, LinodeState.Lost _ ->
                LinodeEvolution.body(state).details().equals(it.details())
                        ? Decision.accept()
                        : Decision.accept(new LinodeUpdated(it.linode(), it.details()));
        };
    }

    private static Decision<LinodeEvent> resize(Resize wish, LinodeState state) {
        Optional<Refusal> obstacle = LinodeOrders.obstacle(state);
        if (obstacle.isPresent() || !(state instanceof Placed it)) {
            return Decision.reject(obstacle.orElseThrow());
        }
        if (!wish.at().equals(it.at())) {
            return Decision.reject(Refusal.busy());
        }
        LinodeBody body = it.body();
        if (body.sizing().type().equals(wish.to().type())) {
            return Decision.reject("type", SAME_TYPE);
        }
        long used = body.ownDisks().stream().mapToLong(BlockDevice::sizeMib).sum();
        if (used > wish.to().diskMib()) {
            return Decision.reject(DISKS_TOO_LARGE);
        }
        Optional<BlockDevice> grown = wish.growDisk() ? growable(body, wish.to().diskMib() - used) : Optional.empty();
        long newDiskMib =
                grown.map(each -> each.sizeMib() + wish.to().diskMib() - used).orElse(0L);
        LinodeStory story = new LinodeStory(it)
                .tell(new LinodeResizeRequested(
                        body.id(), it.at(), body.sizing(), wish.to(), grown, newDiskMib, it.running()));
        if (it.running()) {
            return story.tell(LinodeOrders.shutdown(it)).end();
        }
        return resizeDisk(story).end();
    }

    /** The only disk that is no swap, if there is room to grow it. */
    private static Optional<BlockDevice> growable(LinodeBody body, long roomMib) {
        List<DiskSpec> data = body.disks().stream()
                .filter(each -> !each.filesystem().equals("swap"))
                .toList();
        return roomMib > 0 && data.size() == 1 ? body.disk(data.getFirst().disk()) : Optional.empty();
    }

    static Decision<LinodeEvent> stoppedForResize(Placed it, Resizing job) {
        return resizeDisk(new LinodeStory(it).tell(LinodeOrders.stopped(it, true, "resize")))
                .end();
    }

    private static LinodeStory resizeDisk(LinodeStory story) {
        Placed it = story.placed();
        LinodeResizeRequested wish = ((Resizing) it.job()).request();
        Optional<DiskSpec> disk = wish.diskToGrow().flatMap(device -> LinodeDisks.spec(it.body(), device.id()));
        return disk.map(spec -> story.tell(new LinodeDiskChangeRequested(
                        it.body().id(),
                        it.body().account(),
                        it.body().region(),
                        it.at(),
                        DiskChange.resize,
                        LinodeDisks.resized(spec, wish.newDiskMib()))))
                .orElseGet(() -> finishResize(story));
    }

    static LinodeStory finishResize(LinodeStory story) {
        Placed it = story.placed();
        LinodeResizeRequested wish = ((Resizing) it.job()).request();
        story.tell(new LinodeResized(it.body().id(), it.at(), wish.from(), wish.to()));
        return bootAgain(story, wish.bootAfterwards());
    }

    static LinodeStory refuseResize(LinodeStory story, String reason) {
        Placed it = story.placed();
        LinodeResizeRequested wish = ((Resizing) it.job()).request();
        story.tell(new LinodeResizeRefused(it.body().id(), it.at(), wish.from(), wish.to(), reason));
        return bootAgain(story, wish.bootAfterwards());
    }

    static LinodeStory bootAgain(LinodeStory story, boolean wanted) {
        Placed it = story.placed();
        return wanted && it.idle() && it.body().bootable() ? story.tell(LinodeOrders.boot(it, false)) : story;
    }

    private static Decision<LinodeEvent> rebuild(Rebuild wish, LinodeState state) {
        Optional<Refusal> obstacle = LinodeOrders.obstacle(state);
        if (obstacle.isPresent() || !(state instanceof Placed it)) {
            return Decision.reject(obstacle.orElseThrow());
        }
        LinodeBody body = it.body();
        LinodeRebuildRequested requested = new LinodeRebuildRequested(
                body.id(),
                body.account(),
                body.region(),
                it.at(),
                it.ownerEpoch(),
                it.running(),
                wish.image(),
                body.ownDisks(),
                wish.disks(),
                wish.config(),
                wish.booted(),
                wish.secretRef());
        LinodeStory story = new LinodeStory(it).tell(requested);
        return it.running()
                ? story.end()
                : story.tell(LinodeOrders.rebuildStarted(it, requested)).end();
    }
}

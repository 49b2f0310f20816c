package lpm.scheduler.linode;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.scheduler.DiskChange;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeDiskChangeRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeDiskChanged;
import lpm.contracts.scheduler.LinodeEvent.LinodeDiskRefused;
import lpm.contracts.scheduler.LinodeEvent.LinodeDisksFailed;
import lpm.contracts.scheduler.LinodeEvent.LinodeDisksReady;
import lpm.contracts.scheduler.LinodeEvent.LinodeRebuilt;
import lpm.contracts.scheduler.LinodeEvent.LinodeSecretWanted;
import lpm.platform.Decision;
import lpm.platform.Refusal;
import lpm.scheduler.linode.LinodeCommand.*;
import lpm.scheduler.linode.LinodeJob.ChangingDisk;
import lpm.scheduler.linode.LinodeJob.Provisioning;
import lpm.scheduler.linode.LinodeJob.Rebuilding;
import lpm.scheduler.linode.LinodeJob.Resizing;
import lpm.scheduler.linode.LinodeState.Placed;

/** A Linode's own disks: what storage says of them, and changes to one disk of an offline Linode. */
final class LinodeDisks {
    static final String MUST_BE_OFF = "Linode must be powered off to change its disks.";
    static final String NO_ROOM = "Insufficient space on the Linode for a disk of this size.";
    static final String NO_SLOT = "A Linode has at most 8 disks and volumes.";

    private LinodeDisks() {}

    static Decision<LinodeEvent> decide(LinodeCommand.Disk command, LinodeState state) {
        return switch (command) {
            case ChangeDisk it -> changeDisk(it, state);
            case SendSecret it -> sendSecret(it, state);
            case NoteDisksProvisioned it ->
                placed(state).map(at -> provisioned(it, at)).orElseGet(Decision::accept);
            case NoteDisksRefused it -> placed(state).map(at -> refused(it, at)).orElseGet(Decision::accept);
            case NoteDiskResized it -> placed(state).map(at -> resized(it, at)).orElseGet(Decision::accept);
            case NoteDiskResizeRefused it ->
                placed(state).map(at -> resizeRefused(it, at)).orElseGet(Decision::accept);
            case NoteDisksDeleted it -> placed(state).map(at -> deleted(it, at)).orElseGet(Decision::accept);
        };
    }

    private static Optional<Placed> placed(LinodeState state) {
        return state instanceof Placed it ? Optional.of(it) : Optional.empty();
    }

    static Optional<DiskSpec> spec(LinodeBody body, long number) {
        return body.disks().stream()
                .filter(each -> each.disk().value() == number)
                .findFirst();
    }

    static DiskSpec resized(DiskSpec spec, long sizeMib) {
        return new DiskSpec(spec.disk(), spec.label(), sizeMib, spec.filesystem(), spec.image(), spec.secretRef());
    }

    private static Decision<LinodeEvent> changeDisk(ChangeDisk wish, LinodeState state) {
        Optional<Refusal> obstacle = LinodeOrders.obstacle(state);
        if (obstacle.isPresent() || !(state instanceof Placed it)) {
            return Decision.reject(obstacle.orElseThrow());
        }
        if (it.running()) {
            return Decision.reject(MUST_BE_OFF);
        }
        Optional<DiskSpec> known = spec(it.body(), wish.disk().disk().value());
        if (wish.change() != DiskChange.add && known.isEmpty()) {
            return Decision.reject(Refusal.notFound());
        }
        long others = it.body().ownDisks().stream()
                .filter(each -> each.id() != wish.disk().disk().value())
                .mapToLong(BlockDevice::sizeMib)
                .sum();
        if (wish.change() != DiskChange.delete
                && others + wish.disk().sizeMib() > it.body().sizing().diskMib()) {
            return Decision.reject("size", NO_ROOM);
        }
        if (wish.change() == DiskChange.add && it.body().devices().size() >= LinodeSlots.ALL.size()) {
            return Decision.reject(NO_SLOT);
        }
        DiskSpec disk = wish.change() == DiskChange.add
                ? wish.disk()
                : resized(known.orElseThrow(), wish.disk().sizeMib());
        return Decision.accept(ordered(it, wish.change(), disk));
    }

    static LinodeEvent ordered(Placed it, DiskChange change, DiskSpec disk) {
        return new LinodeDiskChangeRequested(
                it.body().id(), it.body().account(), it.body().region(), it.at(), change, disk);
    }

    /** Whoever makes the disk needs it: also a host that is not the Linode's, and as often as it is asked. */
    private static Decision<LinodeEvent> sendSecret(SendSecret it, LinodeState state) {
        return switch (state) {
            case LinodeState.Unknown _, LinodeState.Deleted _ -> Decision.accept();
            case LinodeState.Unplaced _, LinodeState.Lost _, Placed _ ->
                Decision.accept(new LinodeSecretWanted(it.linode(), it.at(), it.secretRef()));
        };
    }

    private static Decision<LinodeEvent> provisioned(NoteDisksProvisioned note, Placed it) {
        return switch (it.job()) {
            case Provisioning _
            when covers(note.devices(), it.body().disks()) -> {
                List<BlockDevice> devices = LinodeSlots.filled(
                        it.body().disks(), note.devices(), it.body().volumes());
                LinodeStory story =
                        new LinodeStory(it).tell(new LinodeDisksReady(it.body().id(), devices));
                yield LinodeChanges.bootAgain(story, it.body().startWanted()).end();
            }
            case Rebuilding job
            when job.started() && covers(note.devices(), it.body().disks()) -> {
                List<BlockDevice> devices = LinodeSlots.filled(
                        it.body().disks(), note.devices(), it.body().volumes());
                LinodeStory story = new LinodeStory(it)
                        .tell(new LinodeRebuilt(it.body().id(), job.request().image(), devices));
                yield LinodeChanges.bootAgain(story, job.request().booted()).end();
            }
            case ChangingDisk job
            when job.change() == DiskChange.add && covers(note.devices(), List.of(job.disk())) ->
                Decision.accept(new LinodeDiskChanged(
                        it.body().id(),
                        DiskChange.add,
                        LinodeSlots.filled(
                                        List.of(job.disk()),
                                        note.devices(),
                                        it.body().devices())
                                .stream()
                                .filter(each -> each.kind() == BlockDevice.Kind.disk
                                        && each.id() == job.disk().disk().value())
                                .findFirst()
                                .orElseThrow()));
            case LinodeJob _ -> Decision.accept();
        };
    }

    private static boolean covers(List<BlockDevice> bytes, List<DiskSpec> ordered) {
        Set<Long> there = bytes.stream()
                .filter(each -> each.kind() == BlockDevice.Kind.disk)
                .map(BlockDevice::id)
                .collect(Collectors.toSet());
        return ordered.stream().allMatch(each -> there.contains(each.disk().value()));
    }

    private static Decision<LinodeEvent> refused(NoteDisksRefused note, Placed it) {
        return switch (it.job()) {
            case Provisioning _
            when concerns(note, it.body().disks()) ->
                Decision.accept(new LinodeDisksFailed(it.body().id(), note.reason()));
            case Rebuilding job
            when job.started() && concerns(note, it.body().disks()) ->
                Decision.accept(new LinodeDisksFailed(it.body().id(), note.reason()));
            case ChangingDisk job
            when concerns(note, List.of(job.disk())) ->
                Decision.accept(new LinodeDiskRefused(
                        it.body().id(), job.change(), job.disk().disk(), note.reason()));
            case LinodeJob _ -> Decision.accept();
        };
    }

    private static boolean concerns(NoteDisksRefused note, List<DiskSpec> ordered) {
        return ordered.stream().anyMatch(each -> note.disks().contains(each.disk()));
    }

    private static Decision<LinodeEvent> resized(NoteDiskResized note, Placed it) {
        Optional<BlockDevice> old = it.body().disk(note.disk());
        if (old.isEmpty() || !resizing(it, note.disk())) {
            return Decision.accept();
        }
        BlockDevice before = old.get();
        LinodeStory story = new LinodeStory(it)
                .tell(new LinodeDiskChanged(
                        it.body().id(),
                        DiskChange.resize,
                        new BlockDevice(before.slot(), before.kind(), before.id(), before.pool(), note.newSizeMib())));
        return (it.job() instanceof Resizing ? LinodeChanges.finishResize(story) : story).end();
    }

    private static Decision<LinodeEvent> resizeRefused(NoteDiskResizeRefused note, Placed it) {
        if (!resizing(it, note.disk())) {
            return Decision.accept();
        }
        return it.job() instanceof Resizing
                ? LinodeChanges.refuseResize(new LinodeStory(it), note.reason()).end()
                : Decision.accept(new LinodeDiskRefused(it.body().id(), DiskChange.resize, note.disk(), note.reason()));
    }

    private static boolean resizing(Placed it, DiskId disk) {
        return switch (it.job()) {
            case ChangingDisk job ->
                job.change() == DiskChange.resize && job.disk().disk().equals(disk);
            case Resizing job ->
                job.diskOrdered() && job.request().diskToGrow().stream().anyMatch(each -> each.id() == disk.value());
            case LinodeJob _ -> false;
        };
    }

    private static Decision<LinodeEvent> deleted(NoteDisksDeleted note, Placed it) {
        return switch (it.job()) {
            case ChangingDisk job
            when job.change() == DiskChange.delete
                    && note.disks().contains(job.disk().disk()) ->
                Decision.accept(new LinodeDiskChanged(
                        it.body().id(),
                        DiskChange.delete,
                        it.body().disk(job.disk().disk()).orElseThrow()));
            case LinodeJob.Scrubbing job
            when Set.copyOf(note.disks()).containsAll(job.disks()) -> Decision.accept(LinodeDeletion.gone(it));
            case LinodeJob _ -> Decision.accept();
        };
    }
}

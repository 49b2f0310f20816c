package lpm.storage.disk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.storage.DiskEvent;
import lpm.contracts.storage.DiskEvent.DiskProvisioned;
import lpm.contracts.storage.DiskEvent.DiskResizeRefused;
import lpm.contracts.storage.DiskEvent.DiskResizeRequested;
import lpm.contracts.storage.DiskEvent.DiskResized;
import lpm.contracts.storage.DiskEvent.DiskScrubbed;
import lpm.contracts.storage.DiskEvent.DisksDeleted;
import lpm.contracts.storage.DiskEvent.DisksDeletionRequested;
import lpm.contracts.storage.DiskEvent.DisksProvisioned;
import lpm.contracts.storage.DiskEvent.DisksRefused;
import lpm.contracts.storage.DiskEvent.DisksRequested;
import lpm.contracts.storage.DiskEvent.DisksTakeOverRequested;
import lpm.contracts.storage.DiskEvent.DisksTakenOver;
import lpm.storage.disk.DiskCommand.Work;
import lpm.storage.disk.DiskState.Disk;
import lpm.storage.disk.DiskState.Phase;
import lpm.storage.disk.DiskState.TakingOver;

/** Folds the facts about one Linode's disks. */
final class DiskFolding {
    private DiskFolding() {}

    static DiskState evolve(DiskState state, DiskEvent event) {
        return switch (event) {
            case DisksRequested it -> requested(state, it);
            case DiskProvisioned it -> one(state, it.disk(), disk -> disk.sized(it.sizeMib()));
            case DisksProvisioned _, DisksRefused _ -> with(state, state.disks());
            case DiskResizeRequested it ->
                asking(
                        one(state, it.disk(), disk -> disk.askedAt(it.at()).wanted(it.newSizeMib())),
                        Work.resize,
                        state.version());
            case DiskResized it -> one(state, it.disk(), disk -> disk.sized(it.newSizeMib()));
            case DiskResizeRefused it -> one(state, it.disk(), DiskFolding::unchanged);
            case DisksDeletionRequested it -> deleting(state, it);
            case DiskScrubbed it ->
                with(
                        state,
                        state.disks().stream()
                                .filter(disk -> !disk.id().equals(it.disk()))
                                .toList());
            case DisksDeleted it -> answered(state, it.disks());
            case DisksTakeOverRequested it ->
                asking(
                        takeOver(
                                state,
                                Optional.of(new TakingOver(it.to(), it.ownerEpoch(), it.devices())),
                                state.takenEpoch()),
                        Work.takeOver,
                        state.version());
            case DisksTakenOver it -> takeOver(state, Optional.empty(), Math.max(state.takenEpoch(), it.ownerEpoch()));
        };
    }

    private static Disk unchanged(Disk disk) {
        return disk.phase() == Phase.resizing ? disk.sized(disk.sizeMib()) : disk;
    }

    private static DiskState requested(DiskState state, DisksRequested it) {
        List<Disk> disks = new ArrayList<>(state.disks());
        for (DiskSpec spec : it.disks()) {
            Optional<Disk> before = state.find(spec.disk());
            disks.removeIf(disk -> disk.id().equals(spec.disk()));
            disks.add(before.map(disk -> disk.askedAt(it.at()))
                    .orElseGet(() -> new Disk(
                            spec, it.pool(), it.at(), Phase.making, spec.sizeMib(), spec.sizeMib(), state.version())));
        }
        return asking(owned(with(state, disks), it.account()), Work.provision, state.version());
    }

    private static DiskState deleting(DiskState state, DisksDeletionRequested it) {
        List<DiskId> ids =
                it.devices().stream().map(device -> DiskId.of(device.id())).toList();
        boolean again = ids.stream().allMatch(id -> state.find(id)
                .filter(disk -> disk.phase() == Phase.deleting)
                .isPresent());
        List<Disk> disks = new ArrayList<>();
        for (Disk disk : state.disks()) {
            disks.add(ids.contains(disk.id()) ? disk.askedAt(it.at()).in(Phase.deleting) : disk);
        }
        for (BlockDevice device : it.devices()) {
            if (state.find(DiskId.of(device.id())).isEmpty()) {
                disks.add(stranger(device, it, state.version()));
            }
        }
        List<List<DiskId>> deletions = new ArrayList<>(state.deletions());
        if (!again) {
            deletions.add(ids);
        }
        DiskState next = with(state, disks);
        return asking(
                new DiskState(
                        next.version(),
                        next.account(),
                        next.disks(),
                        deletions,
                        next.takeOver(),
                        next.takenEpoch(),
                        next.asked()),
                Work.delete,
                state.version());
    }

    /** A disk that was ordered away although nobody here ever made it. */
    private static Disk stranger(BlockDevice device, DisksDeletionRequested it, long order) {
        DiskSpec spec =
                new DiskSpec(DiskId.of(device.id()), "", device.sizeMib(), "raw", Optional.empty(), Optional.empty());
        return new Disk(spec, device.pool(), it.at(), Phase.deleting, device.sizeMib(), device.sizeMib(), order);
    }

    private static DiskState one(DiskState state, DiskId id, UnaryOperator<Disk> change) {
        return with(
                state,
                state.disks().stream()
                        .map(disk -> disk.id().equals(id) ? change.apply(disk) : disk)
                        .toList());
    }

    /** The next state with these disks; every event counts. */
    private static DiskState with(DiskState state, List<Disk> disks) {
        return new DiskState(
                state.version() + 1,
                state.account(),
                disks,
                state.deletions(),
                state.takeOver(),
                state.takenEpoch(),
                state.asked());
    }

    private static DiskState owned(DiskState state, AccountId account) {
        return new DiskState(
                state.version(),
                Optional.of(account),
                state.disks(),
                state.deletions(),
                state.takeOver(),
                state.takenEpoch(),
                state.asked());
    }

    private static DiskState answered(DiskState state, List<DiskId> ids) {
        List<List<DiskId>> open =
                state.deletions().stream().filter(each -> !each.equals(ids)).toList();
        return new DiskState(
                state.version() + 1,
                state.account(),
                state.disks(),
                open,
                state.takeOver(),
                state.takenEpoch(),
                state.asked());
    }

    private static DiskState takeOver(DiskState state, Optional<TakingOver> takeOver, long takenEpoch) {
        return new DiskState(
                state.version() + 1,
                state.account(),
                state.disks(),
                state.deletions(),
                takeOver,
                takenEpoch,
                state.asked());
    }

    private static DiskState asking(DiskState state, Work work, long number) {
        Map<Work, Long> asked = new HashMap<>(state.asked());
        asked.put(work, number);
        return new DiskState(
                state.version(),
                state.account(),
                state.disks(),
                state.deletions(),
                state.takeOver(),
                state.takenEpoch(),
                asked);
    }
}

package lpm.storage.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.DiskId;
import lpm.contracts.DiskSpec;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
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
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Scope;
import lpm.storage.disk.DiskCommand.AskAgain;
import lpm.storage.disk.DiskCommand.Delete;
import lpm.storage.disk.DiskCommand.NoteCreated;
import lpm.storage.disk.DiskCommand.NoteFailed;
import lpm.storage.disk.DiskCommand.NoteLocksTaken;
import lpm.storage.disk.DiskCommand.NoteResizeFailed;
import lpm.storage.disk.DiskCommand.NoteResized;
import lpm.storage.disk.DiskCommand.NoteScrubbed;
import lpm.storage.disk.DiskCommand.Order;
import lpm.storage.disk.DiskCommand.Refuse;
import lpm.storage.disk.DiskCommand.Resize;
import lpm.storage.disk.DiskCommand.TakeOver;
import lpm.storage.disk.DiskState.Disk;
import lpm.storage.disk.DiskState.Phase;
import lpm.storage.disk.DiskState.TakingOver;

/**
 * Decides about the bytes of one Linode's disks. Somebody waits for the answer of every order, so an order that is
 * repeated after it was done is answered again, and one that is under way is not begun twice.
 */
public final class DiskDecider implements Decider<DiskCommand, DiskState, DiskEvent> {
    private static final PoolId NOWHERE = PoolId.of("unknown");

    @Override
    public DiskState initial() {
        return DiskState.NOTHING;
    }

    @Override
    public Decision<DiskEvent> decide(DiskCommand command, DiskState state) {
        return switch (command) {
            case Order order -> order(order, state);
            case Refuse(var linode, var disks, String reason) ->
                disks.stream().anyMatch(id -> state.find(id).isPresent())
                        ? Decision.accept()
                        : Decision.accept(new DisksRefused(linode, disks, reason));
            case Resize resize -> resize(resize, state);
            case Delete delete -> delete(delete, state);
            case TakeOver takeOver -> takeOver(takeOver, state);
            case NoteCreated note -> created(note, state);
            case NoteFailed note -> failed(note, state);
            case NoteResized(var linode, DiskId disk, long size) ->
                isIn(Phase.resizing, disk, state)
                        ? Decision.accept(new DiskResized(linode, disk, size))
                        : Decision.accept();
            case NoteResizeFailed(var linode, DiskId disk, HostRef by, String reason) ->
                askedOf(by, Phase.resizing, disk, state).isPresent()
                        ? Decision.accept(new DiskResizeRefused(linode, disk, reason))
                        : Decision.accept();
            case NoteScrubbed note -> scrubbed(note, state);
            case NoteLocksTaken(var linode, long epoch) ->
                state.takeOver().filter(it -> it.ownerEpoch() <= epoch).isPresent()
                        ? Decision.accept(new DisksTakenOver(
                                linode, state.takeOver().orElseThrow().ownerEpoch()))
                        : Decision.accept();
            case AskAgain again -> askAgain(again, state);
        };
    }

    private static Decision<DiskEvent> order(Order order, DiskState state) {
        List<DiskId> ids = order.disks().stream().map(DiskSpec::disk).toList();
        List<Disk> known =
                state.disks().stream().filter(disk -> ids.contains(disk.id())).toList();
        if (known.isEmpty()) {
            return Decision.accept(
                    new DisksRequested(order.linode(), order.account(), order.at(), order.pool(), order.disks()));
        }
        boolean done = known.size() == ids.size() && known.stream().allMatch(disk -> disk.phase() == Phase.ready);
        return done ? Decision.accept(new DisksProvisioned(order.linode(), devices(known))) : Decision.accept();
    }

    private static Decision<DiskEvent> resize(Resize resize, DiskState state) {
        Optional<Disk> found = state.find(resize.disk());
        if (found.isEmpty()) {
            return Decision.accept(new DiskResizeRefused(resize.linode(), resize.disk(), "the disk is unknown"));
        }
        Disk disk = found.get();
        return switch (disk.phase()) {
            case ready ->
                disk.sizeMib() == resize.newSizeMib()
                        ? Decision.accept(new DiskResized(resize.linode(), disk.id(), disk.sizeMib()))
                        : Decision.accept(new DiskResizeRequested(
                                resize.linode(),
                                resize.at(),
                                disk.id(),
                                disk.pool(),
                                disk.sizeMib(),
                                resize.newSizeMib()));
            // A Linode has one job at a time, so this is the same order again: the answer under way serves it.
            case resizing -> Decision.accept();
            case making, deleting ->
                Decision.accept(new DiskResizeRefused(resize.linode(), disk.id(), "the disk is being made or deleted"));
        };
    }

    /**
     * An answer names every disk of its order, so disks that are not there (any more) are ordered away like the
     * others.
     */
    private static Decision<DiskEvent> delete(Delete delete, DiskState state) {
        List<DiskId> there =
                delete.disks().stream().filter(id -> state.find(id).isPresent()).toList();
        if (there.isEmpty()) {
            return Decision.accept(new DisksDeleted(delete.linode(), delete.disks()));
        }
        if (there.stream().allMatch(id -> isIn(Phase.deleting, id, state))) {
            return Decision.accept();
        }
        PoolId pool = state.find(there.getFirst()).map(Disk::pool).orElse(NOWHERE);
        List<BlockDevice> devices = delete.disks().stream()
                .map(id -> state.find(id)
                        .map(disk -> disk.device(""))
                        .orElseGet(() -> new BlockDevice("", BlockDevice.Kind.disk, id.value(), pool, 0)))
                .toList();
        return Decision.accept(new DisksDeletionRequested(delete.linode(), delete.at(), devices));
    }

    private static Decision<DiskEvent> takeOver(TakeOver order, DiskState state) {
        if (order.ownerEpoch() <= state.takenEpoch()) {
            return Decision.accept(new DisksTakenOver(order.linode(), order.ownerEpoch()));
        }
        boolean running = state.takeOver()
                .filter(it -> it.ownerEpoch() >= order.ownerEpoch())
                .isPresent();
        return running
                ? Decision.accept()
                : Decision.accept(
                        new DisksTakeOverRequested(order.linode(), order.to(), order.ownerEpoch(), order.devices()));
    }

    private static Decision<DiskEvent> created(NoteCreated note, DiskState state) {
        Optional<Disk> found = state.find(note.disk()).filter(disk -> disk.phase() == Phase.making);
        if (found.isEmpty()) {
            return Decision.accept();
        }
        List<Disk> order = sameOrder(found.get(), state);
        DiskEvent provisioned = new DiskProvisioned(note.linode(), note.disk(), note.pool(), note.sizeMib());
        boolean last = order.stream().allMatch(disk -> disk.id().equals(note.disk()) || disk.phase() == Phase.ready);
        if (!last) {
            return Decision.accept(provisioned);
        }
        List<Disk> sized = order.stream()
                .map(disk -> disk.id().equals(note.disk()) ? disk.sized(note.sizeMib()) : disk)
                .toList();
        return Decision.accept(provisioned, new DisksProvisioned(note.linode(), devices(sized)));
    }

    /** One disk that cannot be made makes the whole order useless: what was made of it goes again. */
    private static Decision<DiskEvent> failed(NoteFailed note, DiskState state) {
        Optional<Disk> found = askedOf(note.by(), Phase.making, note.disk(), state);
        if (found.isEmpty()) {
            return Decision.accept();
        }
        List<Disk> order = sameOrder(found.get(), state);
        return Decision.accept(
                new DisksRefused(note.linode(), order.stream().map(Disk::id).toList(), note.reason()),
                new DisksDeletionRequested(note.linode(), found.get().at(), devices(order)));
    }

    private static Decision<DiskEvent> scrubbed(NoteScrubbed note, DiskState state) {
        if (!isIn(Phase.deleting, note.disk(), state)) {
            return Decision.accept();
        }
        List<DiskEvent> events = new ArrayList<>();
        events.add(new DiskScrubbed(note.linode(), note.disk()));
        for (List<DiskId> deletion : state.deletions()) {
            boolean done = deletion.stream()
                    .allMatch(id -> id.equals(note.disk()) || state.find(id).isEmpty());
            if (done) {
                events.add(new DisksDeleted(note.linode(), deletion));
            }
        }
        return Decision.accept(events);
    }

    private static Decision<DiskEvent> askAgain(AskAgain again, DiskState state) {
        if (!state.isNewest(again.work(), again.asked())) {
            return Decision.accept();
        }
        HostRef at = again.at();
        return switch (again.work()) {
            case provision -> Decision.accept(Repeats.provision(again.linode(), at, state));
            case resize -> Decision.accept(Repeats.resize(again.linode(), at, state));
            case delete -> Decision.accept(Repeats.delete(again.linode(), at, state));
            case takeOver ->
                Decision.accept(state.takeOver().stream()
                        .<DiskEvent>map((TakingOver it) ->
                                new DisksTakeOverRequested(again.linode(), at, it.ownerEpoch(), it.devices()))
                        .toList());
        };
    }

    private static List<Disk> sameOrder(Disk disk, DiskState state) {
        return state.disks().stream()
                .filter(each -> each.order() == disk.order())
                .toList();
    }

    /** The disk, if this host is the one that was asked last: what one before it could not do, it may. */
    private static Optional<Disk> askedOf(HostRef host, Phase phase, DiskId id, DiskState state) {
        return state.find(id).filter(disk -> disk.phase() == phase && disk.at().equals(host));
    }

    private static boolean isIn(Phase phase, DiskId id, DiskState state) {
        return state.find(id).filter(disk -> disk.phase() == phase).isPresent();
    }

    private static List<BlockDevice> devices(List<Disk> disks) {
        List<BlockDevice> devices = new ArrayList<>();
        for (Disk disk : disks) {
            devices.add(disk.device("sd" + (char) ('a' + devices.size() % 26)));
        }
        return devices;
    }

    @Override
    public DiskState evolve(DiskState state, DiskEvent event) {
        return DiskFolding.evolve(state, event);
    }

    @Override
    public Scope scope(DiskState state) {
        return state.account().map(Scope::of).orElse(Scope.NONE);
    }
}

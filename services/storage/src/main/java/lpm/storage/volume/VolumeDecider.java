package lpm.storage.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.HostRef;
import lpm.contracts.storage.VolumeEvent;
import lpm.contracts.storage.VolumeEvent.VolumeAttachRequested;
import lpm.contracts.storage.VolumeEvent.VolumeCreateFailed;
import lpm.contracts.storage.VolumeEvent.VolumeCreated;
import lpm.contracts.storage.VolumeEvent.VolumeDeleted;
import lpm.contracts.storage.VolumeEvent.VolumeReady;
import lpm.contracts.storage.VolumeEvent.VolumeUpdated;
import lpm.contracts.storage.VolumeEvent.VolumeWorkOrdered;
import lpm.contracts.storage.VolumeEvent.Work;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Refusal;
import lpm.platform.Scope;
import lpm.storage.volume.VolumeCommand.AskAgain;
import lpm.storage.volume.VolumeCommand.Attach;
import lpm.storage.volume.VolumeCommand.Create;
import lpm.storage.volume.VolumeCommand.Delete;
import lpm.storage.volume.VolumeCommand.Detach;
import lpm.storage.volume.VolumeCommand.Hold;
import lpm.storage.volume.VolumeCommand.NoteCreateFailed;
import lpm.storage.volume.VolumeCommand.NoteCreated;
import lpm.storage.volume.VolumeCommand.NoteScrubbed;
import lpm.storage.volume.VolumeCommand.Release;
import lpm.storage.volume.VolumeCommand.Resize;
import lpm.storage.volume.VolumeCommand.Update;
import lpm.storage.volume.VolumeState.Active;
import lpm.storage.volume.VolumeState.Creating;
import lpm.storage.volume.VolumeState.Deleting;
import lpm.storage.volume.VolumeState.Gone;
import lpm.storage.volume.VolumeState.None;
import lpm.storage.volume.VolumeState.Resizing;
import lpm.storage.volume.VolumeState.Traits;

/**
 * Decides about one volume. Customers' requests are refused where they do not fit; facts and repeated orders never
 * are. What a usable volume can do is in {@link UsableVolume}.
 */
public final class VolumeDecider implements Decider<VolumeCommand, VolumeState, VolumeEvent> {
    static final String NOT_ACTIVE = "Volume is not active.";

    @Override
    public VolumeState initial() {
        return new None();
    }

    @Override
    public Decision<VolumeEvent> decide(VolumeCommand command, VolumeState state) {
        if (stranger(command, state)) {
            return Decision.reject(Refusal.notFound());
        }
        return switch (state) {
            case None _ -> command instanceof Create create ? create(create) : noVolume(command);
            case Creating creating -> creating(command, creating);
            case Active active -> UsableVolume.decide(command, active);
            case Resizing resizing -> UsableVolume.decide(command, resizing);
            case Deleting deleting -> deleting(command, deleting);
            case Gone _ -> noVolume(command);
        };
    }

    /** Somebody else's volume is as good as none. */
    private static boolean stranger(VolumeCommand command, VolumeState state) {
        Optional<AccountId> asking =
                switch (command) {
                    case Update it -> Optional.of(it.account());
                    case Attach it -> Optional.of(it.account());
                    case Detach it -> Optional.of(it.account());
                    case Resize it -> Optional.of(it.account());
                    case Delete it -> Optional.of(it.account());
                    default -> Optional.empty();
                };
        return asking.isPresent()
                && traits(state).filter(it -> it.account().equals(asking.get())).isEmpty();
    }

    private static Decision<VolumeEvent> noVolume(VolumeCommand command) {
        boolean request = command instanceof Update
                || command instanceof Attach
                || command instanceof Detach
                || command instanceof Resize
                || command instanceof Delete
                || command instanceof Hold;
        return request ? Decision.reject(Refusal.notFound()) : Decision.accept();
    }

    private static Decision<VolumeEvent> create(Create it) {
        Traits traits = VolumeFolding.traits(it);
        return Decision.accept(
                new VolumeCreated(
                        it.volume(),
                        it.account(),
                        it.label(),
                        it.region(),
                        it.sizeGib(),
                        it.pool(),
                        it.at(),
                        it.tags(),
                        it.cloneOf().map(source -> lpm.contracts.VolumeId.of(source.id())),
                        it.attachTo()),
                new VolumeWorkOrdered(
                        it.volume(),
                        it.at(),
                        Work.create,
                        traits.device(),
                        traits.device().sizeMib(),
                        it.cloneOf()));
    }

    private static Decision<VolumeEvent> creating(VolumeCommand command, Creating state) {
        Traits it = state.traits();
        return switch (command) {
            case NoteCreated _ -> created(state);
            case NoteCreateFailed(var _, HostRef by, String reason) ->
                by.equals(it.worker())
                        ? Decision.accept(
                                new VolumeCreateFailed(it.volume(), it.account(), it.label(), it.sizeGib(), reason))
                        : Decision.accept();
            case AskAgain(var _, long asked, HostRef at) ->
                asked == it.asked()
                        ? Decision.accept(new VolumeWorkOrdered(
                                it.volume(),
                                at,
                                Work.create,
                                it.device(),
                                it.device().sizeMib(),
                                state.cloneOf()))
                        : Decision.accept();
            case Update update -> updated(update, it);
            case Attach _, Detach _, Resize _, Delete _, Hold _ -> Decision.reject(NOT_ACTIVE);
            default -> Decision.accept();
        };
    }

    private static Decision<VolumeEvent> created(Creating state) {
        Traits it = state.traits();
        List<VolumeEvent> events = new ArrayList<>();
        events.add(new VolumeReady(it.volume()));
        state.attachTo()
                .ifPresent(linode ->
                        events.add(new VolumeAttachRequested(it.volume(), it.account(), linode, it.device(), true)));
        return Decision.accept(events);
    }

    private static Decision<VolumeEvent> deleting(VolumeCommand command, Deleting state) {
        Traits it = state.traits();
        return switch (command) {
            case NoteScrubbed _ ->
                Decision.accept(new VolumeDeleted(it.volume(), it.account(), it.label(), it.sizeGib()));
            case AskAgain(var _, long asked, HostRef at) ->
                asked == it.asked()
                        ? Decision.accept(
                                new VolumeWorkOrdered(it.volume(), at, Work.delete, it.device(), 0, Optional.empty()))
                        : Decision.accept();
            case Release _ -> Decision.accept();
            default -> noVolume(command);
        };
    }

    static Decision<VolumeEvent> updated(Update update, Traits it) {
        String label = update.label().orElse(it.label());
        List<String> tags = update.tags().orElse(it.tags());
        return label.equals(it.label()) && tags.equals(it.tags())
                ? Decision.accept()
                : Decision.accept(new VolumeUpdated(it.volume(), it.account(), label, tags));
    }

    @Override
    public VolumeState evolve(VolumeState state, VolumeEvent event) {
        return VolumeFolding.evolve(state, event);
    }

    static Optional<Traits> traits(VolumeState state) {
        return switch (state) {
            case None _ -> Optional.empty();
            case Creating it -> Optional.of(it.traits());
            case Active it -> Optional.of(it.traits());
            case Resizing it -> Optional.of(it.traits());
            case Deleting it -> Optional.of(it.traits());
            case Gone it -> Optional.of(it.traits());
        };
    }

    @Override
    public Scope scope(VolumeState state) {
        return traits(state).map(it -> Scope.of(it.account())).orElse(Scope.NONE);
    }
}

package lpm.storage.tenant;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.AccountId;
import lpm.contracts.VolumeId;
import lpm.contracts.storage.VolumeTenantEvent;
import lpm.contracts.storage.VolumeTenantEvent.VolumeLabelChanged;
import lpm.contracts.storage.VolumeTenantEvent.VolumeLabelFreed;
import lpm.contracts.storage.VolumeTenantEvent.VolumeLabelTaken;
import lpm.contracts.storage.VolumeTenantEvent.VolumeRoomChanged;
import lpm.contracts.storage.VolumeTenantEvent.VolumesLimited;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Scope;
import lpm.storage.tenant.TenantCommand.ChangeLabel;
import lpm.storage.tenant.TenantCommand.Free;
import lpm.storage.tenant.TenantCommand.GiveRoomBack;
import lpm.storage.tenant.TenantCommand.NoteLimits;
import lpm.storage.tenant.TenantCommand.NoteSuspended;
import lpm.storage.tenant.TenantCommand.TakeLabel;
import lpm.storage.tenant.TenantCommand.TakeRoom;
import lpm.storage.tenant.TenantState.Held;
import lpm.storage.tenant.TenantState.Limit;

/**
 * Decides whether a tenant may have one more volume, and whether its label is free. A create appends here in its
 * own transaction, so of many parallel creates exactly as many succeed as the quota has room for.
 */
public final class TenantDecider implements Decider<TenantCommand, TenantState, VolumeTenantEvent> {
    static final String LIMIT = "Account Limit reached. Please open a support ticket.";
    static final String LABEL = "Label must be unique among your volumes.";
    static final String SUSPENDED = "This account is suspended";

    @Override
    public TenantState initial() {
        return TenantState.NOTHING;
    }

    @Override
    public Decision<VolumeTenantEvent> decide(TenantCommand command, TenantState state) {
        return switch (command) {
            case TakeLabel take -> take(take, state);
            case ChangeLabel change -> relabel(change, state);
            case TakeRoom take -> room(take, state);
            case GiveRoomBack give -> resized(give.account(), give.volume(), give.sizeGib(), state);
            case Free(AccountId account, VolumeId volume) ->
                Decision.accept(state.find(volume).stream()
                        .<VolumeTenantEvent>map(
                                held -> new VolumeLabelFreed(account, volume, held.label(), held.sizeGib()))
                        .toList());
            case NoteLimits(AccountId account, int volumes, long gib) ->
                limited(account, new Limit(volumes, gib), state.suspended(), state);
            case NoteSuspended(AccountId account, boolean suspended) ->
                limited(account, state.limit().orElse(new Limit(0, 0)), suspended, state);
        };
    }

    private static Decision<VolumeTenantEvent> take(TakeLabel take, TenantState state) {
        if (state.find(take.volume()).isPresent()) {
            return Decision.accept();
        }
        if (state.suspended()) {
            return Decision.reject(SUSPENDED);
        }
        if (state.uses(take.label())) {
            return Decision.reject("label", LABEL);
        }
        Limit limit = state.limit().orElse(new Limit(take.maxVolumes(), take.maxGib()));
        boolean room = state.held().size() < limit.volumes() && state.sizeGib() + take.sizeGib() <= limit.volumeGib();
        return room
                ? Decision.accept(new VolumeLabelTaken(take.account(), take.volume(), take.label(), take.sizeGib()))
                : Decision.reject(LIMIT);
    }

    private static Decision<VolumeTenantEvent> relabel(ChangeLabel change, TenantState state) {
        Optional<Held> held = state.find(change.volume());
        if (held.isEmpty() || held.get().label().equals(change.label())) {
            return Decision.accept();
        }
        return state.uses(change.label())
                ? Decision.reject("label", LABEL)
                : Decision.accept(new VolumeLabelChanged(
                        change.account(), change.volume(), held.get().label(), change.label()));
    }

    private static Decision<VolumeTenantEvent> room(TakeRoom take, TenantState state) {
        long others = state.held().stream()
                .filter(each -> !each.volume().equals(take.volume()))
                .mapToLong(Held::sizeGib)
                .sum();
        long max = state.limit().map(Limit::volumeGib).orElse(take.maxGib());
        return others + take.sizeGib() > max
                ? Decision.reject(LIMIT)
                : resized(take.account(), take.volume(), take.sizeGib(), state);
    }

    private static Decision<VolumeTenantEvent> resized(
            AccountId account, VolumeId volume, long sizeGib, TenantState state) {
        return Decision.accept(state.find(volume).stream()
                .filter(held -> held.sizeGib() != sizeGib)
                .<VolumeTenantEvent>map(held -> new VolumeRoomChanged(account, volume, held.sizeGib(), sizeGib))
                .toList());
    }

    private static Decision<VolumeTenantEvent> limited(
            AccountId account, Limit limit, boolean suspended, TenantState state) {
        boolean known = state.limit().filter(limit::equals).isPresent() && state.suspended() == suspended;
        return known
                ? Decision.accept()
                : Decision.accept(new VolumesLimited(account, limit.volumes(), limit.volumeGib(), suspended));
    }

    @Override
    public TenantState evolve(TenantState state, VolumeTenantEvent event) {
        List<Held> others = state.held().stream()
                .filter(each -> !each.volume().equals(volumeOf(event).orElse(null)))
                .toList();
        return switch (event) {
            case VolumeLabelTaken it -> with(state, it, others, new Held(it.volume(), it.label(), it.sizeGib()));
            case VolumeLabelChanged it ->
                with(state, it, others, new Held(it.volume(), it.to(), sizeOf(it.volume(), state)));
            case VolumeRoomChanged it ->
                with(state, it, others, new Held(it.volume(), labelOf(it.volume(), state), it.toGib()));
            case VolumeLabelFreed it ->
                new TenantState(Optional.of(it.account()), others, state.limit(), state.suspended());
            case VolumesLimited it ->
                new TenantState(
                        Optional.of(it.account()),
                        state.held(),
                        Optional.of(new Limit(it.volumes(), it.volumeGib())),
                        it.suspended());
        };
    }

    private static TenantState with(TenantState state, VolumeTenantEvent event, List<Held> others, Held held) {
        return new TenantState(
                Optional.of(event.account()),
                Stream.concat(others.stream(), Stream.of(held)).toList(),
                state.limit(),
                state.suspended());
    }

    private static Optional<VolumeId> volumeOf(VolumeTenantEvent event) {
        return switch (event) {
            case VolumeLabelTaken it -> Optional.of(it.volume());
            case VolumeLabelChanged it -> Optional.of(it.volume());
            case VolumeRoomChanged it -> Optional.of(it.volume());
            case VolumeLabelFreed it -> Optional.of(it.volume());
            case VolumesLimited _ -> Optional.empty();
        };
    }

    private static long sizeOf(VolumeId volume, TenantState state) {
        return state.find(volume).map(Held::sizeGib).orElse(0L);
    }

    private static String labelOf(VolumeId volume, TenantState state) {
        return state.find(volume).map(Held::label).orElse("");
    }

    @Override
    public Scope scope(TenantState state) {
        return state.account().map(Scope::of).orElse(Scope.NONE);
    }
}

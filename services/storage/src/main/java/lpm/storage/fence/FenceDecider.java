package lpm.storage.fence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.contracts.storage.FenceEvent;
import lpm.contracts.storage.FenceEvent.FenceConfirmed;
import lpm.contracts.storage.FenceEvent.FenceDelayed;
import lpm.contracts.storage.FenceEvent.FenceRefused;
import lpm.contracts.storage.FenceEvent.FenceRequested;
import lpm.contracts.storage.FenceEvent.PoolFenced;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.storage.fence.FenceCommand.Delay;
import lpm.storage.fence.FenceCommand.NoteFresh;
import lpm.storage.fence.FenceCommand.NoteRevoked;
import lpm.storage.fence.FenceCommand.NoteStopped;
import lpm.storage.fence.FenceCommand.Revoke;
import lpm.storage.fence.FenceState.Open;

/**
 * Decides when a host is really out. A lease that is not seen unrenewed for W may be renewed, so the fence is refused;
 * once one pool refuses the host there is no way back, because its watchdog is stopping its domains. Confirmed only
 * when all pools refuse it and R has passed since the last renewal any of them saw.
 */
public final class FenceDecider implements Decider<FenceCommand, FenceState, FenceEvent> {
    @Override
    public FenceState initial() {
        return FenceState.NOTHING;
    }

    @Override
    public Decision<FenceEvent> decide(FenceCommand command, FenceState state) {
        return switch (command) {
            case Revoke revoke -> revoke(revoke, state);
            case Delay delay -> delay(delay, state);
            case NoteRevoked note -> revoked(note, state);
            case NoteFresh note -> fresh(note, state);
            case NoteStopped note -> stopped(note, state);
        };
    }

    private static Decision<FenceEvent> revoke(Revoke it, FenceState state) {
        if (it.fenced().hostEpoch() <= state.confirmedEpoch()) {
            return answeredAgain(it.fenced(), it.after());
        }
        Optional<Open> open = state.open();
        if (open.isEmpty() || open.get().fenced().hostEpoch() < it.fenced().hostEpoch()) {
            return it.after() == FenceCommand.FIRST
                    ? Decision.accept(requested(it, it.pools(), it.declaredDead()))
                    : Decision.accept();
        }
        Open now = open.get();
        boolean stronger = it.declaredDead() && !now.declaredDead();
        boolean retry = it.after() == now.asked();
        if (!now.fenced().equals(it.fenced()) || !(retry || stronger)) {
            return Decision.accept();
        }
        List<PoolId> left = now.pools().isEmpty() ? it.pools() : now.left();
        return left.isEmpty()
                ? Decision.accept()
                : Decision.accept(requested(it, left, it.declaredDead() || now.declaredDead()));
    }

    private static FenceEvent requested(Revoke it, List<PoolId> pools, boolean declaredDead) {
        return new FenceRequested(
                it.fenced(), it.region(), it.by(), pools, FenceTimes.minUnrenewedMillis(declaredDead));
    }

    private static Decision<FenceEvent> delay(Delay it, FenceState state) {
        if (it.fenced().hostEpoch() <= state.confirmedEpoch()) {
            return answeredAgain(it.fenced(), it.after());
        }
        Optional<Open> open = state.open();
        boolean newer =
                open.isEmpty() || open.get().fenced().hostEpoch() < it.fenced().hostEpoch();
        boolean first = newer && it.after() == FenceCommand.FIRST;
        boolean retry =
                state.open(it.fenced()).filter(now -> now.asked() == it.after()).isPresent();
        boolean waiting = state.open(it.fenced())
                .filter(now -> !now.pools().isEmpty() && now.left().isEmpty())
                .isPresent();
        return (first || retry) && !waiting
                ? Decision.accept(new FenceDelayed(it.fenced(), it.region(), it.declaredDead(), it.reason()))
                : Decision.accept();
    }

    /** Somebody asked anew for a fence that is done: the answer is the same. */
    private static Decision<FenceEvent> answeredAgain(HostRef fenced, long after) {
        return after == FenceCommand.FIRST ? Decision.accept(new FenceConfirmed(fenced)) : Decision.accept();
    }

    private static Decision<FenceEvent> revoked(NoteRevoked note, FenceState state) {
        Optional<Open> open = state.open(note.fenced()).filter(it -> it.left().contains(note.pool()));
        if (open.isEmpty()) {
            return Decision.accept();
        }
        // The last pool's wait is the one that counts, so it starts from the most recent renewal at any pool.
        long shortest = Math.min(note.unrenewedForMillis(), open.get().minUnrenewedMillis());
        return Decision.accept(new PoolFenced(note.fenced(), note.pool(), shortest));
    }

    private static Decision<FenceEvent> fresh(NoteFresh note, FenceState state) {
        Optional<Open> open = state.open(note.fenced()).filter(it -> it.left().contains(note.pool()));
        if (open.isEmpty()) {
            return Decision.accept();
        }
        Open it = open.get();
        if (it.done().isEmpty() && !it.declaredDead()) {
            // A host that has just begun to look says 0: it is asked again, and knows more by then.
            String reason = "its lease is seen unrenewed for " + note.unrenewedForMillis() + " ms only";
            return Decision.accept(new FenceRefused(note.fenced(), reason));
        }
        // One pool refuses it already (or an operator said that it is dead): half a fence must become a whole one.
        return it.declaredDead()
                ? Decision.accept()
                : Decision.accept(it.by().stream()
                        .<FenceEvent>map(by -> new FenceRequested(it.fenced(), it.region(), by, it.left(), 0))
                        .toList());
    }

    private static Decision<FenceEvent> stopped(NoteStopped note, FenceState state) {
        boolean over = state.open(note.fenced())
                .filter(it -> !it.pools().isEmpty() && it.left().isEmpty())
                .filter(it -> it.done().getLast().equals(note.pool()))
                .isPresent();
        return over ? Decision.accept(new FenceConfirmed(note.fenced())) : Decision.accept();
    }

    @Override
    public FenceState evolve(FenceState state, FenceEvent event) {
        long events = state.events() + 1;
        return switch (event) {
            case FenceRequested it -> new FenceState(events, state.confirmedEpoch(), Optional.of(asked(state, it)));
            case FenceDelayed it -> new FenceState(events, state.confirmedEpoch(), Optional.of(delayed(state, it)));
            case PoolFenced it ->
                new FenceState(events, state.confirmedEpoch(), state.open().map(open -> done(open, it)));
            case FenceRefused _ -> new FenceState(events, state.confirmedEpoch(), Optional.empty());
            case FenceConfirmed it ->
                new FenceState(
                        events,
                        Math.max(state.confirmedEpoch(), it.fenced().hostEpoch()),
                        state.open()
                                .filter(open ->
                                        open.fenced().hostEpoch() > it.fenced().hostEpoch()));
        };
    }

    private static Open asked(FenceState state, FenceRequested it) {
        Optional<Open> before = state.open(it.fenced());
        List<PoolId> done = before.map(Open::done).orElse(List.of());
        List<PoolId> pools = new ArrayList<>(done);
        pools.addAll(it.pools());
        return new Open(
                it.fenced(),
                it.region(),
                Optional.of(it.by()),
                pools,
                done,
                it.minUnrenewedMillis() == 0,
                before.map(Open::minUnrenewedMillis).orElse(Long.MAX_VALUE),
                state.events());
    }

    private static Open delayed(FenceState state, FenceDelayed it) {
        Optional<Open> before = state.open(it.fenced());
        return new Open(
                it.fenced(),
                it.region(),
                before.flatMap(Open::by),
                before.map(Open::pools).orElse(List.of()),
                before.map(Open::done).orElse(List.of()),
                it.declaredDead() || before.map(Open::declaredDead).orElse(false),
                before.map(Open::minUnrenewedMillis).orElse(Long.MAX_VALUE),
                state.events());
    }

    private static Open done(Open open, PoolFenced it) {
        List<PoolId> done = new ArrayList<>(open.done());
        done.add(it.pool());
        return new Open(
                open.fenced(),
                open.region(),
                open.by(),
                open.pools(),
                done,
                open.declaredDead(),
                it.unrenewedForMillis(),
                open.asked());
    }
}

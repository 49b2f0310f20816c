package lpm.storage.fence;

import static lpm.platform.Reaction.remind;
import static lpm.platform.Reaction.send;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.Envelope;
import lpm.contracts.PoolId;
import lpm.contracts.host.HostCommand.RevokeLease;
import lpm.contracts.storage.FenceEvent;
import lpm.contracts.storage.FenceEvent.FenceConfirmed;
import lpm.contracts.storage.FenceEvent.FenceDelayed;
import lpm.contracts.storage.FenceEvent.FenceRefused;
import lpm.contracts.storage.FenceEvent.FenceRequested;
import lpm.contracts.storage.FenceEvent.PoolFenced;
import lpm.platform.Process;
import lpm.platform.Reaction;

/** Has a live host revoke the leases, asks another one when it stays silent, and waits out R. */
final class FenceProcess implements Process<FenceEvent> {
    @Override
    public List<Reaction> react(Envelope<FenceEvent> event) {
        long number = event.sequence() == null ? FenceCommand.FIRST : event.sequence();
        return switch (event.data()) {
            case FenceRequested it -> requested(it, number);
            case FenceDelayed it ->
                List.of(remind(
                        FenceTimes.PATIENCE,
                        new PlanFence(it.fenced(), it.region(), it.declaredDead(), number, Optional.empty())));
            case PoolFenced it ->
                List.of(remind(
                        FenceTimes.untilStopped(it.unrenewedForMillis()),
                        new FenceCommand.NoteStopped(it.fenced(), it.pool())));
            case FenceRefused _, FenceConfirmed _ -> List.of();
        };
    }

    private static List<Reaction> requested(FenceRequested it, long number) {
        List<Reaction> all = new ArrayList<>();
        for (PoolId pool : it.pools()) {
            all.add(send(new RevokeLease(it.by(), pool, it.fenced(), it.minUnrenewedMillis())));
        }
        all.add(remind(
                FenceTimes.PATIENCE,
                new PlanFence(
                        it.fenced(),
                        it.region(),
                        it.minUnrenewedMillis() == 0,
                        number,
                        Optional.of(it.by().host()))));
        return all;
    }
}

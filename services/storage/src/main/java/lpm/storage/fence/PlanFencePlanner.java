package lpm.storage.fence;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.platform.Lookup;
import lpm.platform.Planner;
import lpm.storage.known.KnownHosts;

/**
 * Chooses a live host of the region beside the silent one that reaches the same pools, and not the one that did not
 * answer, while there is another. Where all others are silent too, one of them is asked: the pool compares leases,
 * whoever asks it, and hosts that wait for each other's fence would wait for ever. Without any the fence waits, for
 * ever if need be: nobody is declared out by guess.
 */
final class PlanFencePlanner implements Planner<PlanFence> {
    @Override
    public Class<PlanFence> question() {
        return PlanFence.class;
    }

    @Override
    public List<List<Command>> plan(PlanFence it, Lookup rows) {
        Optional<KnownHosts.Row> silent =
                rows.get(KnownHosts.TABLE, it.fenced().host().value(), KnownHosts.Row.class);
        List<PoolId> pools = silent.map(KnownHosts.Row::pools).orElse(List.of());
        if (pools.isEmpty()) {
            return delay(it, "no pool of the host is known");
        }
        String region = it.region().value();
        List<HostRef> live = able(it, pools, KnownHosts.live(region, rows));
        List<HostRef> able = live.isEmpty() ? able(it, pools, KnownHosts.notFenced(region, rows)) : live;
        Optional<HostRef> chosen = able.stream()
                .filter(ref -> it.notBy().filter(ref.host()::equals).isEmpty())
                .findFirst()
                .or(() -> able.stream().findFirst());
        return chosen.map(by -> List.of(List.<Command>of(
                        new FenceCommand.Revoke(it.fenced(), it.region(), by, pools, it.declaredDead(), it.after()))))
                .orElseGet(() -> delay(it, "no other host of the region is left that reaches its pools"));
    }

    private static List<HostRef> able(PlanFence it, List<PoolId> pools, List<KnownHosts.Row> hosts) {
        return hosts.stream()
                .filter(row -> row.pools().containsAll(pools))
                .map(KnownHosts.Row::ref)
                .filter(ref -> !ref.host().equals(it.fenced().host()))
                .toList();
    }

    private static List<List<Command>> delay(PlanFence it, String reason) {
        return List.of(
                List.of(new FenceCommand.Delay(it.fenced(), it.region(), it.declaredDead(), reason, it.after())));
    }
}

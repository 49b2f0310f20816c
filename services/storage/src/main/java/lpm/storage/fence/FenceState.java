package lpm.storage.fence;

import java.util.List;
import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.contracts.Region;

/**
 * The fences of one host.
 *
 * @param events how many events there were
 * @param confirmedEpoch the newest registration that is out, 0 if none
 */
public record FenceState(long events, long confirmedEpoch, Optional<Open> open) {
    static final FenceState NOTHING = new FenceState(0, 0, Optional.empty());

    /**
     * A fence that is under way.
     *
     * @param by who was asked last; empty while it is delayed
     * @param pools all pools of the host; empty while it is delayed
     * @param done the pools that refuse the host, in that order
     * @param minUnrenewedMillis the shortest time without renewal over the pools done
     * @param asked the number of the newest order or delay
     */
    record Open(
            HostRef fenced,
            Region region,
            Optional<HostRef> by,
            List<PoolId> pools,
            List<PoolId> done,
            boolean declaredDead,
            long minUnrenewedMillis,
            long asked) {
        Open {
            pools = List.copyOf(pools);
            done = List.copyOf(done);
        }

        List<PoolId> left() {
            return pools.stream().filter(pool -> !done.contains(pool)).toList();
        }
    }

    Optional<Open> open(HostRef fenced) {
        return open.filter(it -> it.fenced().equals(fenced));
    }
}

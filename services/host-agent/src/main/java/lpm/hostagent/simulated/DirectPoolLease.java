package lpm.hostagent.simulated;

import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.hostagent.lease.PoolLease;

/** The model's leases as one host reaches them, called in the same thread. */
final class DirectPoolLease implements PoolLease {
    private final HostId host;
    private final PoolModel pools;

    DirectPoolLease(HostId host, PoolModel pools) {
        this.host = host;
        this.pools = pools;
    }

    @Override
    public Renewal acquire(PoolId pool, HostRef self) {
        return pools.acquire(pool, self);
    }

    @Override
    public Renewal renew(PoolId pool, HostRef self) {
        return pools.renew(pool, self);
    }

    @Override
    public Revocation revoke(PoolId pool, HostRef other, long minUnrenewedMillis) {
        return pools.revoke(host, pool, other, minUnrenewedMillis);
    }
}

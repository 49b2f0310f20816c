package lpm.hostagent.disks.pools;

import java.util.Map;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.hostagent.hypervisor.PortRefusal;
import lpm.hostagent.hypervisor.PortUnreachable;
import lpm.hostagent.lease.PoolLease;
import lpm.hostagent.records.ShutOut;

/** The leases of several pools. */
final class PoolLeases implements PoolLease {
    private final Map<PoolId, OpenPool> pools;

    PoolLeases(Map<PoolId, OpenPool> pools) {
        this.pools = pools;
    }

    @Override
    public Renewal acquire(PoolId pool, HostRef self) {
        return at(pool).acquire(pool, self);
    }

    @Override
    public Renewal renew(PoolId pool, HostRef self) {
        return at(pool).renew(pool, self);
    }

    @Override
    public Revocation revoke(PoolId pool, HostRef other, long minUnrenewedMillis) {
        try {
            return at(pool).revoke(pool, other, minUnrenewedMillis);
        } catch (ShutOut shutOut) {
            throw new PortUnreachable("this host is shut out at " + pool + ": another one must be asked", shutOut);
        }
    }

    private PoolLease at(PoolId pool) {
        return known(pools, pool).lease();
    }

    static OpenPool known(Map<PoolId, OpenPool> pools, PoolId pool) {
        OpenPool open = pools.get(pool);
        if (open == null) {
            throw new PortRefusal("this host has no pool " + pool + ", only " + pools.keySet() + ": see its LPM_POOLS");
        }
        return open;
    }
}

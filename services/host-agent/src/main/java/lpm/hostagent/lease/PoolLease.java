package lpm.hostagent.lease;

import lpm.contracts.HostRef;
import lpm.contracts.PoolId;

/**
 * The record on a shared pool that says that a host may run Linodes. A registration acquires it once; renewing is a
 * compare-and-set that fails for ever once it is revoked. A pool that does not answer throws
 * {@link lpm.hostagent.hypervisor.PortUnreachable}.
 */
public interface PoolLease {
    /** Takes the lease for a registration newer than all before it; says {@code revoked} where it is not. */
    Renewal acquire(PoolId pool, HostRef self);

    /** Renews the lease of this registration. */
    Renewal renew(PoolId pool, HostRef self);

    /** Revokes another host's lease if it has not been renewed for so long. */
    Revocation revoke(PoolId pool, HostRef other, long minUnrenewedMillis);

    /** What a renewal came to. */
    enum Renewal {
        renewed,
        /** This registration may not run anything any more. */
        revoked
    }

    /** Whether it is revoked now (or was before), and the age of its last renewal. */
    record Revocation(boolean revoked, long unrenewedForMillis) {}
}

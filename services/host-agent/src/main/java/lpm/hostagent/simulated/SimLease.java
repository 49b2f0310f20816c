package lpm.hostagent.simulated;

import java.time.Instant;
import lpm.contracts.HostId;
import lpm.contracts.PoolId;

/** The lease record of one host at one pool. */
record SimLease(PoolId pool, HostId host, long hostEpoch, Instant renewedAt, boolean revoked) {}

package lpm.hostagent.disks.pools;

import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.disks.PoolHealth;
import lpm.hostagent.lease.RecordLease;

/**
 * One pool in use.
 *
 * @param tending what is to be done for it from time to time while it is well
 */
record OpenPool(DiskStore disks, RecordLease lease, PoolHealth health, Runnable tending) {}

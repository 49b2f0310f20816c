package lpm.hostagent.disks.pools;

import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.disks.PoolHealth;
import lpm.hostagent.lease.RecordLease;

/** One pool in use. */
record OpenPool(DiskStore disks, RecordLease lease, PoolHealth health) {}

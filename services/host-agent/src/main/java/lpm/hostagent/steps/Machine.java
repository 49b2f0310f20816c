package lpm.hostagent.steps;

import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.lease.PoolLease;

/** What an agent works on: its host's hypervisor, and the pools as the host reaches them. */
public record Machine(Hypervisor hypervisor, DiskStore disks, PoolLease lease) {}

package lpm.hostagent.steps;

import java.util.concurrent.Executor;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.lease.PoolLease;

/**
 * What an agent works on: its host's hypervisor, and the pools as the host reaches them.
 *
 * @param steps where calls are made that may last; with threads of its own the ports must bear several calls at once
 */
public record Machine(Hypervisor hypervisor, DiskStore disks, PoolLease lease, Executor steps) {
    /** Every call is made and ended in the thread that needs it. */
    public Machine(Hypervisor hypervisor, DiskStore disks, PoolLease lease) {
        this(hypervisor, disks, lease, Runnable::run);
    }
}

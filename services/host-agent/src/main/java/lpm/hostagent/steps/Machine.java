package lpm.hostagent.steps;

import java.util.concurrent.Executor;
import lpm.hostagent.disks.DiskStore;
import lpm.hostagent.hypervisor.Hypervisor;
import lpm.hostagent.lease.PoolLease;
import lpm.hostagent.probe.PauseProbe;

/**
 * What an agent works on: its host's hypervisor, and the pools as the host reaches them.
 *
 * @param probe what measures the pauses of guests that come here
 * @param steps where calls are made that may last; with threads of its own the ports must bear several calls at once
 */
public record Machine(Hypervisor hypervisor, DiskStore disks, PoolLease lease, PauseProbe probe, Executor steps) {}

package lpm.scheduler.placement;

import java.util.List;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.scheduler.host.HostRow;

/**
 * A host as planners see it.
 *
 * @param state enrolling, active, cordoned, draining, maintenance, suspected or fenced
 * @param siblings Linodes of the same account that it holds
 */
public record FleetHost(
        HostRef ref,
        Region region,
        String rack,
        String state,
        Resources usable,
        Resources held,
        List<String> pools,
        String hypervisor,
        String cpuModel,
        int siblings) {
    public FleetHost {
        pools = List.copyOf(pools);
    }

    static FleetHost of(HostRow row, int siblings) {
        return new FleetHost(
                row.ref(),
                new Region(row.region()),
                row.rack(),
                row.state(),
                new Resources(row.usable().vcpus(), row.usable().memoryMib()),
                new Resources(row.committed().vcpus(), row.committed().memoryMib()),
                row.pools(),
                row.hypervisor(),
                row.cpuModel(),
                siblings);
    }

    public HostId id() {
        return ref.host();
    }

    public long freeMemoryMib() {
        return usable.memoryMib() - held.memoryMib();
    }

    public int freeVcpus() {
        return usable.vcpus() - held.vcpus();
    }

    /** The same host holding this instead. */
    public FleetHost holding(Resources other) {
        return new FleetHost(ref, region, rack, state, usable, other, pools, hypervisor, cpuModel, siblings);
    }
}

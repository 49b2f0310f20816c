package lpm.hostagent.hypervisor;

import java.util.List;
import lpm.contracts.PoolId;
import lpm.contracts.Resources;

/**
 * What a host is.
 *
 * @param bootId changes with every power-on
 * @param capacity physical CPUs, and the guests' memory plus {@value #CONTROL_DOMAIN_MIB} MiB for the control domain
 * @param hypervisor name and version
 * @param migrationUri where other hosts send domains to
 * @param linkMibPerSecond what its migration link carries
 * @param switchMillis what the switch-over of a migration takes beside sending, in ms
 */
public record HostFacts(
        String bootId,
        Resources capacity,
        List<PoolId> pools,
        String hypervisor,
        String cpuModel,
        String migrationUri,
        double linkMibPerSecond,
        long switchMillis) {
    /** What the scheduler leaves to the control domain of every host. */
    public static final long CONTROL_DOMAIN_MIB = 1_024;

    public HostFacts {
        pools = List.copyOf(pools);
    }
}

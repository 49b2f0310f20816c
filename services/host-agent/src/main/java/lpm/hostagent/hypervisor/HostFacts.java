package lpm.hostagent.hypervisor;

import java.util.List;
import lpm.contracts.PoolId;
import lpm.contracts.Resources;

/**
 * What a host is.
 *
 * @param bootId changes with every power-on
 * @param hypervisor name and version
 * @param migrationUri where other hosts send domains to
 * @param linkMibPerSecond what its migration link carries
 */
public record HostFacts(
        String bootId,
        Resources capacity,
        List<PoolId> pools,
        String hypervisor,
        String cpuModel,
        String migrationUri,
        double linkMibPerSecond) {
    public HostFacts {
        pools = List.copyOf(pools);
    }
}

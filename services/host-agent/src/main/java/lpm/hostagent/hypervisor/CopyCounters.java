package lpm.hostagent.hypervisor;

import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/** How far a copy is, from the hypervisor's counters. */
public record CopyCounters(
        MigrationId migration, LinodeId linode, int round, long sentMib, long remainingMib, double mibPerSecond) {}

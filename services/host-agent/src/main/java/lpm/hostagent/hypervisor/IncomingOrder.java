package lpm.hostagent.hypervisor;

import lpm.contracts.BootSpec;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/** A domain that is awaited from another host, and the owner epoch it will have once it is resumed here. */
public record IncomingOrder(MigrationId migration, LinodeId linode, long nextEpoch, BootSpec spec) {}

package lpm.hostagent.hypervisor;

import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/** A running domain to be sent to another host. */
public record SendOrder(
        MigrationId migration, LinodeId linode, long ownerEpoch, long nextEpoch, HostId target, String targetUri) {}

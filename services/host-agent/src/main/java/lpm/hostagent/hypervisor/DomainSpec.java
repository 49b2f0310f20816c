package lpm.hostagent.hypervisor;

import lpm.contracts.BootSpec;
import lpm.contracts.LinodeId;

/**
 * A domain to be started.
 *
 * @param startedBy id of the order, kept with the domain
 */
public record DomainSpec(LinodeId linode, long ownerEpoch, String startedBy, BootSpec spec) {}

package lpm.scheduler.address;

import lpm.contracts.LinodeId;
import lpm.contracts.Region;

/** An address's phases. */
public sealed interface AddressState {
    record Free() implements AddressState {}

    record Assigned(Region region, LinodeId linode) implements AddressState {}
}

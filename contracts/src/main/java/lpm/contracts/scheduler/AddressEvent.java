package lpm.contracts.scheduler;

import lpm.contracts.Event;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;

/** One public address; aggregate {@code address:<ip>}. */
public sealed interface AddressEvent extends Event {

    /** Aggregate {@code address:<ip>}: an address belongs to a Linode. */
    record AddressAssigned(String address, Region region, LinodeId linode) implements AddressEvent {}

    /** The address is free. */
    record AddressReleased(String address, Region region, LinodeId linode) implements AddressEvent {}
}

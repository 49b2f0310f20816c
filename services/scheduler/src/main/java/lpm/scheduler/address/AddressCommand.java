package lpm.scheduler.address;

import lpm.contracts.Command;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;

/** What may be asked of one address. */
public sealed interface AddressCommand extends Command {
    String address();

    @Override
    default String aggregateId() {
        return "address:" + address();
    }

    /** Refused where somebody has it: try another one. */
    record AssignAddress(String address, Region region, LinodeId linode) implements AddressCommand {}

    record ReleaseAddress(String address, LinodeId linode) implements AddressCommand {}
}

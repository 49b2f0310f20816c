package lpm.scheduler.address;

import lpm.contracts.scheduler.AddressEvent;
import lpm.contracts.scheduler.AddressEvent.AddressAssigned;
import lpm.contracts.scheduler.AddressEvent.AddressReleased;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.scheduler.address.AddressCommand.AssignAddress;
import lpm.scheduler.address.AddressCommand.ReleaseAddress;
import lpm.scheduler.address.AddressState.Assigned;
import lpm.scheduler.address.AddressState.Free;

/** An address belongs to at most one Linode. */
public final class AddressDecider implements Decider<AddressCommand, AddressState, AddressEvent> {
    /** Tells the caller, which never shows it to a customer, to try the next candidate. */
    public static final String TAKEN = "address is taken";

    @Override
    public AddressState initial() {
        return new Free();
    }

    @Override
    public Decision<AddressEvent> decide(AddressCommand command, AddressState state) {
        return switch (command) {
            case AssignAddress it ->
                switch (state) {
                    case Free _ -> Decision.accept(new AddressAssigned(it.address(), it.region(), it.linode()));
                    case Assigned mine when mine.linode().equals(it.linode()) -> Decision.accept();
                    case Assigned _ -> Decision.reject(TAKEN);
                };
            case ReleaseAddress it ->
                state instanceof Assigned mine && mine.linode().equals(it.linode())
                        ? Decision.accept(new AddressReleased(it.address(), mine.region(), it.linode()))
                        : Decision.accept();
        };
    }

    @Override
    public AddressState evolve(AddressState state, AddressEvent event) {
        return switch (event) {
            case AddressAssigned e -> new Assigned(e.region(), e.linode());
            case AddressReleased _ -> new Free();
        };
    }
}

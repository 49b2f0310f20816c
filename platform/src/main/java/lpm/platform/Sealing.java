package lpm.platform;

import java.util.Optional;
import lpm.contracts.Command;

/**
 * Puts into an order, on its way out, what no event may carry. Runs each time the order is published, so what it writes
 * may differ from time to time; who is meant by it and what it says must not.
 */
@FunctionalInterface
public interface Sealing {
    Sealing NONE = (order, _) -> Optional.of(order);

    /** The order as it is sent; empty when there is nothing to send any more. Throws when it cannot be sent now. */
    Optional<Command> seal(Command order, Lookup rows);
}

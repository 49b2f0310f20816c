package lpm.hostagent.intake;

import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostCommand;

/** Which Linode's domain an order is about; none for bytes, leases and the host itself. */
final class Subject {
    private static final String PREFIX = "linode:";

    private Subject() {}

    static Optional<LinodeId> of(HostCommand command) {
        String id = command.aggregateId();
        return id.startsWith(PREFIX)
                ? Optional.of(LinodeId.of(Long.parseLong(id.substring(PREFIX.length()))))
                : Optional.empty();
    }
}

package lpm.scheduler.drain;

import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;

/**
 * The question: which drain does it concern that a Linode has left this host, or ({@code stayed} says why) that its
 * move away was given up?
 */
public record DrainNews(HostId host, LinodeId linode, Optional<String> stayed) implements Command {
    @Override
    public String aggregateId() {
        return host.aggregateId();
    }
}

package lpm.scheduler.recovery;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;

/** Orders to a recovery's aggregate. */
public sealed interface RecoveryCommand extends Command {
    HostRef lost();

    @Override
    default String aggregateId() {
        return "recovery:" + lost().host() + "-" + lost().hostEpoch();
    }

    /** This registration is over; these Linodes were held under it. */
    record StartRecovery(HostRef lost, List<LinodeId> linodes, boolean fenced) implements RecoveryCommand {
        public StartRecovery {
            linodes = List.copyOf(linodes);
        }
    }

    /** Tell the next Linodes; {@code remaining} is what was left when this was asked for. */
    record CallNext(HostRef lost, int remaining) implements RecoveryCommand {}
}

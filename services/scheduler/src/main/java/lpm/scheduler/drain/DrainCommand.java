package lpm.scheduler.drain;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;

/** Orders to a drain's aggregate. */
public sealed interface DrainCommand extends Command {
    long drain();

    @Override
    default String aggregateId() {
        return "drain:" + drain();
    }

    /** An operator wants the host empty; {@code linodes} are on it now. */
    record StartDrain(long drain, HostId host, List<LinodeId> linodes, int maxParallel) implements DrainCommand {
        public StartDrain {
            linodes = List.copyOf(linodes);
        }
    }

    /** This Linode's turn has come; refused when enough others move. */
    record StartDrainMove(long drain, LinodeId linode) implements DrainCommand {}

    /** The host holds nothing for the Linode any more. */
    record NoteLeft(long drain, LinodeId linode) implements DrainCommand {}

    /** The Linode's move was given up: it is still there. */
    record NoteStayed(long drain, LinodeId linode, String reason) implements DrainCommand {}

    /** The Linode cannot be moved now. */
    record NoteUnmovable(long drain, LinodeId linode, String reason) implements DrainCommand {}

    /** The host is empty. */
    record FinishDrain(long drain) implements DrainCommand {}

    /** An operator stops it; moves under way go on. */
    record CancelDrain(long drain, String reason) implements DrainCommand {}
}

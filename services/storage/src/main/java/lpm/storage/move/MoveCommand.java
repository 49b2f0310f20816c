package lpm.storage.move;

import java.util.List;
import lpm.contracts.BlockDevice;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/** What one migration's hold on devices is told. */
public sealed interface MoveCommand extends Command {
    MigrationId migration();

    @Override
    default String aggregateId() {
        return "move:" + migration();
    }

    /** Connect the devices at the target. */
    record Request(MigrationId migration, LinodeId linode, HostRef source, HostRef target, List<BlockDevice> devices)
            implements MoveCommand {
        public Request {
            devices = List.copyOf(devices);
        }
    }

    /** The devices cannot be held now. */
    record Refuse(MigrationId migration, LinodeId linode, String reason) implements MoveCommand {}

    /** The target reaches the devices. */
    record NoteConnected(MigrationId migration, HostRef by) implements MoveCommand {}

    /** The target does not reach the devices. */
    record NoteUnreachable(MigrationId migration, HostRef by, String reason) implements MoveCommand {}

    /** The target did not answer its newest order. */
    record AskAgain(MigrationId migration, long asked) implements MoveCommand {}

    /** The Linode runs at the target. */
    record Finish(MigrationId migration) implements MoveCommand {}

    /** The Linode stays at the source. */
    record Abort(MigrationId migration) implements MoveCommand {}
}

package lpm.contracts.storage;

import java.util.List;
import lpm.contracts.BlockDevice;
import lpm.contracts.Event;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/** One migration's hold on a Linode's devices; aggregate {@code move:<migration>}. */
public sealed interface MoveEvent extends Event {
    MigrationId migration();

    /** The target is asked to connect the devices. */
    record MoveRequested(
            MigrationId migration, LinodeId linode, HostRef source, HostRef target, List<BlockDevice> devices)
            implements MoveEvent {
        public MoveRequested {
            devices = List.copyOf(devices);
        }
    }

    /** The target reaches all devices. */
    record MovePrepared(MigrationId migration, LinodeId linode) implements MoveEvent {}

    /** The target does not reach the devices; nothing is held. */
    record MoveRefused(MigrationId migration, LinodeId linode, String reason) implements MoveEvent {}

    /** The Linode runs at the target; nothing is held any more. */
    record MoveFinished(MigrationId migration, LinodeId linode) implements MoveEvent {}

    /** The Linode stayed at the source; nothing is held any more. */
    record MoveReleased(MigrationId migration, LinodeId linode) implements MoveEvent {}
}

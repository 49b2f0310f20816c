package lpm.storage.move;

import java.util.List;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;

/** Where one migration's hold on devices stands. */
public sealed interface MoveState {
    /** Nothing was ordered. */
    record None() implements MoveState {}

    /**
     * The target is asked to connect the devices.
     *
     * @param times how often it was asked
     */
    record Connecting(LinodeId linode, HostRef source, HostRef target, List<BlockDevice> devices, int times)
            implements MoveState {
        public Connecting {
            devices = List.copyOf(devices);
        }
    }

    /** The target reaches them, and they are held. */
    record Held(LinodeId linode) implements MoveState {}

    /** The target does not reach them; nothing is held. */
    record Refused(LinodeId linode, String reason) implements MoveState {}

    /** Over; nothing is held. */
    record Over(LinodeId linode) implements MoveState {}
}

package lpm.hostagent.hypervisor;

import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.LinodeId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;

/**
 * What the hypervisor shows of one Linode.
 *
 * @param frozen paused by the watchdog because the lease is not renewed; runs on when it is
 * @param startedBy the order that started it here, so that a repeated order is recognised; empty if it was received
 * @param stopped why it does not run any more, where the hypervisor knows
 * @param devices what is plugged in
 * @param memoryMib how large the guest is
 * @param pausedMillis how long the guest stood still when it was last received and resumed here
 */
public record Domain(
        DomainSeen seen,
        boolean frozen,
        Optional<String> startedBy,
        Optional<Cause> stopped,
        List<BlockDevice> devices,
        long memoryMib,
        long pausedMillis) {
    public Domain {
        devices = List.copyOf(devices);
    }

    /** Nothing is there. */
    public static Domain absent(LinodeId linode) {
        DomainSeen nothing = new DomainSeen(linode, DomainSeen.State.absent, false, 0, 0, Optional.empty());
        return new Domain(nothing, false, Optional.empty(), Optional.empty(), List.of(), 0, 0);
    }
}

package lpm.contracts.scheduler;

import java.util.List;
import lpm.contracts.Event;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;

/** Emptying a host; aggregate {@code drain:<id>}. */
public sealed interface DrainEvent extends Event {

    /** Aggregate {@code drain:<id>}: a host is to be emptied, so many moves at a time. */
    record DrainStarted(long drain, HostId host, List<LinodeId> linodes, int maxParallel) implements DrainEvent {
        public DrainStarted {
            linodes = List.copyOf(linodes);
        }
    }

    /** One Linode's turn has come. */
    record DrainMoveStarted(long drain, HostId host, LinodeId linode) implements DrainEvent {}

    /** One Linode is off the host. */
    record DrainMoveEnded(long drain, HostId host, LinodeId linode, boolean moved, String reason)
            implements DrainEvent {}

    /** These Linodes cannot be moved now; it is tried again. */
    record DrainBlocked(long drain, HostId host, List<LinodeId> linodes, String reason, int attempt)
            implements DrainEvent {
        public DrainBlocked {
            linodes = List.copyOf(linodes);
        }
    }

    /** The host is empty. */
    record DrainCompleted(long drain, HostId host, int moved) implements DrainEvent {}

    /** An operator stopped the drain. */
    record DrainCancelled(long drain, HostId host, String reason) implements DrainEvent {}
}

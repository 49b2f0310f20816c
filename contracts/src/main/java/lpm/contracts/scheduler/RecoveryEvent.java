package lpm.contracts.scheduler;

import java.util.List;
import lpm.contracts.Event;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;

/** What a lost registration of a host held is handed back; aggregate {@code recovery:<host>-<hostEpoch>}. */
public sealed interface RecoveryEvent extends Event {
    HostRef lost();

    /** The registration is over (fenced, or a newer one came), and these Linodes were held under it. */
    record RecoveryStarted(HostRef lost, List<LinodeId> linodes, boolean fenced) implements RecoveryEvent {
        public RecoveryStarted {
            linodes = List.copyOf(linodes);
        }
    }

    /** These Linodes are told that their host is lost; each decides what that means for it. */
    record LinodesCalled(HostRef lost, List<LinodeId> linodes, int remaining, boolean fenced) implements RecoveryEvent {
        public LinodesCalled {
            linodes = List.copyOf(linodes);
        }
    }

    /** Every one of them has been told. */
    record RecoveryCompleted(HostRef lost, int linodes) implements RecoveryEvent {}
}

package lpm.scheduler.recovery;

import java.util.List;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;

/** A recovery from its start to its end. */
public sealed interface RecoveryState {
    record Unknown() implements RecoveryState {}

    /** These have not been told yet. */
    record Running(HostRef lost, List<LinodeId> remaining, int total, boolean fenced) implements RecoveryState {
        public Running {
            remaining = List.copyOf(remaining);
        }
    }

    record Completed(HostRef lost, int total) implements RecoveryState {}
}

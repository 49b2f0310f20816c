package lpm.migration.known;

import java.util.List;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.contracts.storage.FenceEvent.FenceConfirmed;
import lpm.platform.KnownView;
import lpm.platform.Rows;

/**
 * The newest registration and the newest fence of each host. Both only grow, so the order of arrival does not matter.
 */
public final class KnownHost implements KnownView {
    /** Where the rows are. */
    public static final String TABLE = "known_host";

    /** One host; an epoch is 0 until there is one. */
    public record Row(String host, long hostEpoch, long fencedEpoch) {}

    @Override
    public List<String> tables() {
        return List.of(TABLE);
    }

    @Override
    public void note(Envelope<?> foreign, Rows rows) {
        switch (foreign.data()) {
            case HostRegistered registered -> grow(registered.host(), registered.hostEpoch(), 0, rows);
            case HostFenced fenced -> grow(fenced.host(), 0, fenced.fenced().hostEpoch(), rows);
            case FenceConfirmed fenced -> grow(fenced.host(), 0, fenced.fenced().hostEpoch(), rows);
            default -> {
                // the other facts do not concern registrations
            }
        }
    }

    private static void grow(HostId host, long registered, long fenced, Rows rows) {
        Row before = rows.get(TABLE, host.value(), Row.class).orElse(new Row(host.value(), 0, 0));
        rows.put(
                TABLE,
                host.value(),
                new Row(
                        host.value(),
                        Math.max(before.hostEpoch(), registered),
                        Math.max(before.fencedEpoch(), fenced)));
    }
}

package lpm.systemtests.explore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lpm.contracts.BlockDevice;
import lpm.contracts.LinodeId;
import lpm.contracts.host.DomainSeen;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.simulated.Run;
import lpm.hostagent.simulated.XenControl.HostFigures;
import lpm.platform.Query;
import lpm.scheduler.host.HostRow;
import lpm.scheduler.host.ReservationRow;
import lpm.systemtests.simulation.Cell;

/** What must hold at every moment, whatever is wrong; looked at twice a second of virtual time. */
final class StateChecks {
    static final String ONE_COPY = "at most one copy of a Linode runs";
    static final String NOT_OVERSOLD = "capacity is never oversold";
    static final String ONE_WRITER = "a volume is at one running Linode";

    private final Cell cell;
    private int runsSeen;

    StateChecks(Cell cell) {
        this.cell = cell;
    }

    void check() {
        oneCopy();
        notOversold();
        oneWriter();
    }

    private void oneCopy() {
        int runs = cell.xen().runs().size();
        if (runs != runsSeen) {
            runsSeen = runs;
            List<List<Run>> doubles = cell.xen().doubles();
            if (!doubles.isEmpty()) {
                throw new Violation(ONE_COPY, doubles.getFirst().toString());
            }
        }
    }

    private void notOversold() {
        Map<String, Long> held = new HashMap<>();
        for (ReservationRow row :
                cell.service("scheduler").rows().find(ReservationRow.TABLE, Query.all(), ReservationRow.class)) {
            held.merge(row.host(), row.memoryMib(), Long::sum);
        }
        for (HostRow host : cell.service("scheduler").rows().find(HostRow.TABLE, Query.all(), HostRow.class)) {
            long sum = held.getOrDefault(host.id(), 0L);
            if (sum > host.capacity().memoryMib() && host.hostEpoch() > 0) {
                throw new Violation(NOT_OVERSOLD, host.id() + " holds " + sum + " of " + host.capacity());
            }
        }
    }

    private void oneWriter() {
        Map<String, LinodeId> users = new HashMap<>();
        for (HostFigures host : cell.xen().figures()) {
            if (host.powered() && !host.frozen()) {
                for (Domain domain : cell.xen().hypervisor(host.host()).list()) {
                    if (domain.seen().state() == DomainSeen.State.running) {
                        domain.devices()
                                .forEach(device ->
                                        use(users, device, domain.seen().linode()));
                    }
                }
            }
        }
    }

    private static void use(Map<String, LinodeId> users, BlockDevice device, LinodeId linode) {
        LinodeId other = users.putIfAbsent(device.image(), linode);
        if (other != null && !other.equals(linode)) {
            throw new Violation(ONE_WRITER, device.image() + " is written by " + other + " and " + linode);
        }
    }
}

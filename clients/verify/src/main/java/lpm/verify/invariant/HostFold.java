package lpm.verify.invariant;

import java.util.HashMap;
import java.util.Map;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.Resources;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.CapacityReleased;
import lpm.contracts.scheduler.HostEvent.CapacityReserved;
import lpm.contracts.scheduler.HostEvent.CapacityResized;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.verify.history.Entry;

/** Which registration of each host counts, and what is held on it. */
final class HostFold {
    private final Map<HostId, One> hosts = new HashMap<>();

    /** One host. */
    static final class One {
        private long epoch;
        private boolean fenced;
        private Resources capacity = Resources.NONE;
        private final Map<LinodeId, Resources> held = new HashMap<>();

        long epoch() {
            return epoch;
        }

        Resources capacity() {
            return capacity;
        }

        Map<LinodeId, Resources> held() {
            return held;
        }

        Resources sum() {
            return held.values().stream().reduce(Resources.NONE, Resources::plus);
        }
    }

    One of(HostId host) {
        return hosts.computeIfAbsent(host, _ -> new One());
    }

    boolean holds(HostId host, LinodeId linode) {
        return of(host).held.containsKey(linode);
    }

    /** Whether this registration is over: fenced, or followed by a newer one. */
    boolean isOver(HostRef ref) {
        One host = of(ref.host());
        return host.epoch > ref.hostEpoch() || (host.epoch == ref.hostEpoch() && host.fenced);
    }

    void see(Entry entry) {
        if (entry.data() instanceof HostEvent event) {
            see(event);
        }
    }

    private void see(HostEvent event) {
        One host = of(event.host());
        switch (event) {
            case HostRegistered e -> {
                host.fenced = host.fenced && e.hostEpoch() == host.epoch;
                host.epoch = e.hostEpoch();
                host.capacity = e.capacity();
            }
            case HostFenced _ -> host.fenced = true;
            case CapacityReserved e -> host.held.put(e.linode(), e.resources());
            case CapacityResized e -> host.held.put(e.linode(), e.to());
            case CapacityReleased e -> host.held.remove(e.linode());
            default -> {
                // says nothing of registrations and capacity
            }
        }
    }
}

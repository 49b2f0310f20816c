package lpm.scheduler.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import lpm.contracts.AccountId;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.contracts.Resources;

/** Hosts and wants for tests. */
public final class Fleets {
    public static final Region EAST = new Region("us-east");
    private static final List<String> STATES =
            List.of("active", "active", "active", "cordoned", "draining", "maintenance", "suspected", "fenced");

    private Fleets() {}

    public static FleetHost host(String id, int vcpus, long memoryMib) {
        return new FleetHost(
                new HostRef(new HostId(id), 1),
                EAST,
                "r1",
                "active",
                new Resources(vcpus, memoryMib),
                Resources.NONE,
                List.of("pool-1"),
                "xen",
                "epyc",
                0);
    }

    public static Want want(long linode, int vcpus, long memoryMib) {
        return new Want(
                new LinodeId(linode),
                new AccountId(7),
                EAST,
                new Resources(vcpus, memoryMib),
                Purpose.create,
                Set.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** Hosts of several sizes, fill levels and states. */
    static Fleet any(Random random, int size) {
        List<FleetHost> hosts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            FleetHost host = host("h" + i, 8 * (1 + random.nextInt(8)), 4096L * (1 + random.nextInt(16)));
            Resources held = new Resources(
                    random.nextInt(host.usable().vcpus() + 1),
                    random.nextInt((int) host.usable().memoryMib() + 1));
            hosts.add(new FleetHost(
                    host.ref(),
                    random.nextInt(10) == 0 ? new Region("eu-west") : EAST,
                    host.rack(),
                    STATES.get(random.nextInt(STATES.size())),
                    host.usable(),
                    held,
                    host.pools(),
                    host.hypervisor(),
                    host.cpuModel(),
                    random.nextInt(3)));
        }
        return new Fleet(hosts);
    }
}

package lpm.scheduler.rebalance;

import java.util.List;
import lpm.contracts.Resources;
import lpm.scheduler.placement.FleetHost;

/**
 * How uneven hosts are: the weighted sum of each host's squared distance from the mean fill level. Moves do not change
 * the mean, so a move changes only the terms of its two hosts. Computed from what is reserved, not from live load.
 */
final class Evenness {
    private final Goal goal;
    private final double meanMemory;
    private final double meanVcpus;

    Evenness(Goal goal, List<FleetHost> hosts) {
        Resources usable = Resources.NONE;
        Resources held = Resources.NONE;
        for (FleetHost host : hosts) {
            usable = usable.plus(host.usable());
            held = held.plus(host.held());
        }
        this.goal = goal;
        this.meanMemory = fill(held.memoryMib(), usable.memoryMib());
        this.meanVcpus = fill(held.vcpus(), usable.vcpus());
    }

    /** The score of a host that holds this; lower is more even. */
    double of(FleetHost host, Resources held) {
        double memory = fill(held.memoryMib(), host.usable().memoryMib()) - meanMemory;
        double vcpus = fill(held.vcpus(), host.usable().vcpus()) - meanVcpus;
        return goal.memoryWeight() * memory * memory + goal.vcpuWeight() * vcpus * vcpus;
    }

    double of(FleetHost host) {
        return of(host, host.held());
    }

    double of(List<FleetHost> hosts) {
        double sum = 0;
        for (FleetHost host : hosts) {
            sum += of(host);
        }
        return sum;
    }

    /** How full a host is compared with the mean: above zero it should give, below it should take. */
    double excess(FleetHost host) {
        return goal.memoryWeight()
                        * (fill(host.held().memoryMib(), host.usable().memoryMib()) - meanMemory)
                + goal.vcpuWeight() * (fill(host.held().vcpus(), host.usable().vcpus()) - meanVcpus);
    }

    /** How much the score falls when this moves from one host to the other. */
    double gain(FleetHost from, FleetHost to, Resources moved) {
        return of(from)
                - of(from, from.held().minus(moved))
                + of(to)
                - of(to, to.held().plus(moved));
    }

    private static double fill(long held, long usable) {
        return usable == 0 ? 0 : (double) held / usable;
    }
}

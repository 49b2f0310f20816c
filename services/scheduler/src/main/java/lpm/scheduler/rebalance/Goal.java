package lpm.scheduler.rebalance;

import java.util.Arrays;
import java.util.Optional;

/** What "balance" means: how much uneven memory and uneven virtual CPUs weigh. */
public enum Goal {
    /** Both count, memory more. */
    balance(1.0, 0.5),
    memory(1.0, 0.0),
    vcpus(0.0, 1.0);

    private final double memoryWeight;
    private final double vcpuWeight;

    Goal(double memoryWeight, double vcpuWeight) {
        this.memoryWeight = memoryWeight;
        this.vcpuWeight = vcpuWeight;
    }

    double memoryWeight() {
        return memoryWeight;
    }

    double vcpuWeight() {
        return vcpuWeight;
    }

    /** The goal of that name, if there is one. */
    public static Optional<Goal> named(String name) {
        return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
    }
}

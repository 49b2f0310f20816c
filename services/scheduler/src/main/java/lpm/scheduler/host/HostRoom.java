package lpm.scheduler.host;

import java.util.Optional;
import lpm.contracts.Resources;

/** How much of a host Linodes may take. Memory is never oversold; virtual CPUs are, up to a fixed ratio. */
public final class HostRoom {
    /** Memory that stays with the control domain, in MiB. */
    public static final long DOM0_RESERVE_MIB = 1024;

    /** Virtual CPUs per physical one. */
    public static final int VCPUS_PER_CPU = 8;

    private HostRoom() {}

    /** What Linodes may take of a host that announces this capacity. */
    public static Resources usable(Resources capacity) {
        return new Resources(capacity.vcpus() * VCPUS_PER_CPU, Math.max(0, capacity.memoryMib() - DOM0_RESERVE_MIB));
    }

    /** Why {@code more} does not fit beside what is held; empty when it fits. */
    static Optional<String> lacking(Resources usable, Resources held, Resources more) {
        long freeMib = usable.memoryMib() - held.memoryMib();
        if (more.memoryMib() > freeMib) {
            return Optional.of(more.memoryMib() + " MiB of memory are needed, " + freeMib + " MiB are free");
        }
        int freeVcpus = usable.vcpus() - held.vcpus();
        if (more.vcpus() > freeVcpus) {
            return Optional.of(more.vcpus() + " vCPUs are needed, " + freeVcpus + " are free");
        }
        return Optional.empty();
    }
}

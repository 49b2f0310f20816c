package lpm.scheduler.placement;

import java.util.List;
import lpm.contracts.Resources;
import lpm.scheduler.catalogue.Catalogue;

/** How much room a region has. Only hosts that take new Linodes count as free. */
record CapacityJson(
        String region, int hosts, int openHosts, Size usable, Size committed, Size free, List<Slots> types) {
    /** Resources in the API's words. */
    record Size(int vcpus, long memoryMib) {
        static Size of(Resources resources) {
            return new Size(resources.vcpus(), resources.memoryMib());
        }
    }

    /** How many Linodes of a type there is still room for. */
    record Slots(String id, String label, long free) {}

    static CapacityJson of(String region, List<FleetHost> hosts, Catalogue catalogue) {
        List<FleetHost> open =
                hosts.stream().filter(each -> each.state().equals("active")).toList();
        return new CapacityJson(
                region,
                hosts.size(),
                open.size(),
                Size.of(sum(hosts.stream().map(FleetHost::usable).toList())),
                Size.of(sum(hosts.stream().map(FleetHost::held).toList())),
                Size.of(sum(open.stream().map(CapacityJson::free).toList())),
                catalogue.types().stream()
                        .map(type -> new Slots(type.id(), type.label(), slots(open, type.vcpus(), type.memory())))
                        .toList());
    }

    private static long slots(List<FleetHost> open, int vcpus, long memoryMib) {
        return open.stream()
                .map(CapacityJson::free)
                .mapToLong(free -> Math.min(free.memoryMib() / memoryMib, free.vcpus() / vcpus))
                .sum();
    }

    /** A host that came back smaller may hold more than it has. */
    private static Resources free(FleetHost host) {
        return new Resources(Math.max(0, host.freeVcpus()), Math.max(0, host.freeMemoryMib()));
    }

    private static Resources sum(List<Resources> all) {
        return all.stream().reduce(Resources.NONE, Resources::plus);
    }
}

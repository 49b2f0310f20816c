package lpm.scheduler.placement;

/** Memory is never oversold, virtual CPUs only up to the fixed ratio. */
final class HeadroomRule implements Rule {
    @Override
    public String name() {
        return "headroom";
    }

    @Override
    public boolean allows(FleetHost host, Want want) {
        return host.freeMemoryMib() >= want.resources().memoryMib()
                && host.freeVcpus() >= want.resources().vcpus();
    }

    @Override
    public String sentence(FleetHost host, Want want) {
        return "it has " + host.freeMemoryMib() + " MiB and " + host.freeVcpus() + " vCPUs free, "
                + want.resources().memoryMib() + " MiB and " + want.resources().vcpus() + " vCPUs are needed";
    }
}

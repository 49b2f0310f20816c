package lpm.scheduler.placement;

/** A running guest keeps the CPU and the hypervisor it has seen. */
final class CpuModelRule implements Rule {
    @Override
    public String name() {
        return "cpu-model";
    }

    @Override
    public boolean allows(FleetHost host, Want want) {
        return want.liveFrom()
                .filter(source -> !source.cpuModel().equals(host.cpuModel())
                        || !source.hypervisor().equals(host.hypervisor()))
                .isEmpty();
    }

    @Override
    public String sentence(FleetHost host, Want want) {
        return "it has " + host.cpuModel() + " under " + host.hypervisor() + ", a live move needs "
                + want.liveFrom()
                        .map(source -> source.cpuModel() + " under " + source.hypervisor())
                        .orElse("any");
    }
}

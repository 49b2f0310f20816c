package lpm.scheduler.placement;

/** Nothing is put on a host that is being, or has been, emptied. */
final class DrainingRule implements Rule {
    @Override
    public String name() {
        return "draining";
    }

    @Override
    public boolean allows(FleetHost host, Want want) {
        return !host.state().equals("draining") && !host.state().equals("maintenance");
    }

    @Override
    public String sentence(FleetHost host, Want want) {
        return "it is " + (host.state().equals("draining") ? "being drained" : "drained for maintenance");
    }
}

package lpm.scheduler.placement;

import lpm.scheduler.host.HostRow;

/** Only hosts that are heard. */
final class SuspectedRule implements Rule {
    @Override
    public String name() {
        return "suspected";
    }

    @Override
    public boolean allows(FleetHost host, Want want) {
        return !host.state().equals("suspected") && !host.state().equals(HostRow.FENCED);
    }

    @Override
    public String sentence(FleetHost host, Want want) {
        return "it is " + host.state();
    }
}

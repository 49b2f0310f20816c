package lpm.scheduler.placement;

/** Linodes stay in their region. */
final class RegionRule implements Rule {
    @Override
    public String name() {
        return "region";
    }

    @Override
    public boolean allows(FleetHost host, Want want) {
        return host.region().equals(want.region());
    }

    @Override
    public String sentence(FleetHost host, Want want) {
        return "it is in region " + host.region() + ", not in " + want.region();
    }
}

package lpm.scheduler.placement;

/** The Linode's disks must be within reach; a new one needs a pool at all. */
final class PoolReachRule implements Rule {
    @Override
    public String name() {
        return "pool-reach";
    }

    @Override
    public boolean allows(FleetHost host, Want want) {
        return !host.pools().isEmpty()
                && (want.pools().isEmpty() || host.pools().containsAll(want.pools()));
    }

    @Override
    public String sentence(FleetHost host, Want want) {
        return "it reaches pools " + host.pools() + ", " + (want.pools().isEmpty() ? "one is" : want.pools() + " are")
                + " needed";
    }
}

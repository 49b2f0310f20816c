package lpm.scheduler.placement;

/** Nothing is put on a cordoned host. */
final class CordonedRule implements Rule {
    @Override
    public String name() {
        return "cordoned";
    }

    @Override
    public boolean allows(FleetHost host, Want want) {
        return !host.state().equals("cordoned");
    }

    @Override
    public String sentence(FleetHost host, Want want) {
        return "it is cordoned";
    }
}

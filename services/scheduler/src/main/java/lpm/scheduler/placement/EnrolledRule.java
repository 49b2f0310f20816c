package lpm.scheduler.placement;

/** Only hosts whose agent has registered. */
final class EnrolledRule implements Rule {
    @Override
    public String name() {
        return "enrolled";
    }

    @Override
    public boolean allows(FleetHost host, Want want) {
        return host.ref().hostEpoch() > 0;
    }

    @Override
    public String sentence(FleetHost host, Want want) {
        return "its agent has not registered yet";
    }
}

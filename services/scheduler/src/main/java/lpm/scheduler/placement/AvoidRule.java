package lpm.scheduler.placement;

/** Not the lost host, and no host that already holds something for this Linode. */
final class AvoidRule implements Rule {
    @Override
    public String name() {
        return "avoid";
    }

    @Override
    public boolean allows(FleetHost host, Want want) {
        return want.avoid().isEmpty() || !want.avoid().contains(host.id());
    }

    @Override
    public String sentence(FleetHost host, Want want) {
        return "the Linode leaves it, or it already holds room for the Linode";
    }
}

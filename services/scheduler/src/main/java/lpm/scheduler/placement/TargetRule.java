package lpm.scheduler.placement;

/** Where one host is wished for, only that one counts. */
final class TargetRule implements Rule {
    @Override
    public String name() {
        return "target";
    }

    @Override
    public boolean allows(FleetHost host, Want want) {
        return want.only().isEmpty() || want.only().get().equals(host.id());
    }

    @Override
    public String sentence(FleetHost host, Want want) {
        return "another host is wished for";
    }
}

package lpm.scheduler.placement;

import java.util.List;

/** One reason to drop a host: a check, and the sentence an operator reads. */
interface Rule {
    /** All rules, in the order in which they are asked; the first that drops a host names the reason. */
    List<Rule> ALL = List.of(
            new RegionRule(),
            new TargetRule(),
            new AvoidRule(),
            new EnrolledRule(),
            new SuspectedRule(),
            new DrainingRule(),
            new CordonedRule(),
            new HeadroomRule(),
            new PoolReachRule(),
            new CpuModelRule());

    /** A short name, such as {@code headroom}. */
    String name();

    boolean allows(FleetHost host, Want want);

    /** Why {@link #allows} said no. */
    String sentence(FleetHost host, Want want);
}

package lpm.scheduler.placement;

import static lpm.scheduler.placement.Fleets.EAST;
import static lpm.scheduler.placement.Fleets.host;
import static lpm.scheduler.placement.Fleets.want;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import org.junit.jupiter.api.Test;

/** For each rule one case where it just holds and one where it just fails. */
class RulesTest {
    private static final FleetHost HOST = host("h1", 8, 4096);
    private static final Want WANT = want(1, 2, 1024);

    @Test
    void aHostOfTheRegionIsAllowed() {
        holds(new RegionRule(), HOST, WANT);
        FleetHost elsewhere = new FleetHost(
                HOST.ref(),
                new Region("eu-west"),
                "r1",
                "active",
                HOST.usable(),
                HOST.held(),
                HOST.pools(),
                "xen",
                "epyc",
                0);
        fails(new RegionRule(), elsewhere, WANT, "it is in region eu-west, not in us-east");
    }

    @Test
    void onlyTheWishedTargetIsAllowed() {
        holds(new TargetRule(), HOST, only("h1"));
        fails(new TargetRule(), HOST, only("h2"), "another host is wished for");
    }

    @Test
    void anAvoidedHostIsOut() {
        holds(new AvoidRule(), HOST, avoiding("h2"));
        fails(new AvoidRule(), HOST, avoiding("h1"), "the Linode leaves it, or it already holds room for the Linode");
    }

    @Test
    void aHostMustHaveRegistered() {
        holds(new EnrolledRule(), HOST, WANT);
        FleetHost fresh = new FleetHost(
                new HostRef(HOST.id(), 0), EAST, "r1", "enrolling", HOST.usable(), HOST.held(), List.of(), "", "", 0);
        fails(new EnrolledRule(), fresh, WANT, "its agent has not registered yet");
    }

    @Test
    void suspectedAndFencedHostsAreOut() {
        holds(new SuspectedRule(), in("cordoned"), WANT);
        fails(new SuspectedRule(), in("suspected"), WANT, "it is suspected");
        fails(new SuspectedRule(), in("fenced"), WANT, "it is fenced");
    }

    @Test
    void drainingAndDrainedHostsAreOut() {
        holds(new DrainingRule(), in("active"), WANT);
        fails(new DrainingRule(), in("draining"), WANT, "it is being drained");
        fails(new DrainingRule(), in("maintenance"), WANT, "it is drained for maintenance");
    }

    @Test
    void cordonedHostsAreOut() {
        holds(new CordonedRule(), in("active"), WANT);
        fails(new CordonedRule(), in("cordoned"), WANT, "it is cordoned");
    }

    @Test
    void theLastMebibyteAndTheLastVcpuFit() {
        FleetHost filled = HOST.holding(new Resources(6, 3072));
        holds(new HeadroomRule(), filled, want(1, 2, 1024));
        fails(
                new HeadroomRule(),
                filled,
                want(1, 2, 1025),
                "it has 1024 MiB and 2 vCPUs free, 1025 MiB and 2 vCPUs are needed");
        fails(
                new HeadroomRule(),
                filled,
                want(1, 3, 1024),
                "it has 1024 MiB and 2 vCPUs free, 1024 MiB and 3 vCPUs are needed");
    }

    @Test
    void theLinodesPoolsMustBeWithinReach() {
        holds(new PoolReachRule(), HOST, needing("pool-1"));
        fails(
                new PoolReachRule(),
                HOST,
                needing("pool-1", "pool-2"),
                "it reaches pools [pool-1], [pool-1, pool-2] are needed");
        FleetHost diskless = new FleetHost(
                HOST.ref(), EAST, "r1", "active", HOST.usable(), HOST.held(), List.of(), "xen", "epyc", 0);
        fails(new PoolReachRule(), diskless, WANT, "it reaches pools [], one is needed");
    }

    @Test
    void aRunningGuestKeepsItsCpuModel() {
        holds(new CpuModelRule(), HOST, liveFrom("xen", "epyc"));
        fails(
                new CpuModelRule(),
                HOST,
                liveFrom("xen", "xeon"),
                "it has epyc under xen, a live move needs xeon under xen");
        holds(new CpuModelRule(), HOST, WANT);
    }

    private static void holds(Rule rule, FleetHost host, Want want) {
        assertThat(rule.allows(host, want)).isTrue();
    }

    private static void fails(Rule rule, FleetHost host, Want want, String sentence) {
        assertThat(rule.allows(host, want)).isFalse();
        assertThat(rule.sentence(host, want)).isEqualTo(sentence);
    }

    private static FleetHost in(String state) {
        return new FleetHost(HOST.ref(), EAST, "r1", state, HOST.usable(), HOST.held(), HOST.pools(), "xen", "epyc", 0);
    }

    private static Want only(String host) {
        return with(Set.of(), Optional.of(new HostId(host)), List.of(), Optional.empty());
    }

    private static Want avoiding(String host) {
        return with(Set.of(new HostId(host)), Optional.empty(), List.of(), Optional.empty());
    }

    private static Want needing(String... pools) {
        return with(Set.of(), Optional.empty(), List.of(pools), Optional.empty());
    }

    private static Want liveFrom(String hypervisor, String cpuModel) {
        FleetHost source = new FleetHost(
                new HostRef(new HostId("h9"), 1),
                EAST,
                "r1",
                "active",
                HOST.usable(),
                HOST.held(),
                HOST.pools(),
                hypervisor,
                cpuModel,
                0);
        return with(Set.of(), Optional.empty(), List.of(), Optional.of(source));
    }

    private static Want with(Set<HostId> avoid, Optional<HostId> only, List<String> pools, Optional<FleetHost> from) {
        return new Want(WANT.linode(), WANT.account(), EAST, WANT.resources(), Purpose.move, avoid, only, pools, from);
    }
}

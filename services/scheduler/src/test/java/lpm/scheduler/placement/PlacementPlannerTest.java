package lpm.scheduler.placement;

import static lpm.scheduler.placement.Fleets.host;
import static lpm.scheduler.placement.Fleets.want;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lpm.contracts.HostId;
import lpm.contracts.Resources;
import org.junit.jupiter.api.Test;

class PlacementPlannerTest {
    private final PlacementPlanner planner = new PlacementPlanner();

    @Test
    void everyProposedHostIsOpenInTheRegionAndHasTheRoom() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Want want = want(1 + random.nextInt(1000), 1 + random.nextInt(16), 512L * (1 + random.nextInt(32)));
            PlacementPlan plan = planner.plan(Fleets.any(random, random.nextInt(60)), want);
            assertThat(plan.best()).as("seed " + seed).allSatisfy(host -> {
                assertThat(host.state()).isEqualTo("active");
                assertThat(host.region()).isEqualTo(want.region());
                assertThat(host.freeMemoryMib())
                        .isGreaterThanOrEqualTo(want.resources().memoryMib());
                assertThat(host.freeVcpus())
                        .isGreaterThanOrEqualTo(want.resources().vcpus());
            });
        }
    }

    @Test
    void everyHostIsEitherProposedCountedAsDroppedOrBeatenByTheProposed() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Fleet fleet = Fleets.any(random, 40);
            Want want = want(1, 2, 2048);
            PlacementPlan plan = planner.plan(fleet, want);
            int dropped =
                    plan.dropped().values().stream().mapToInt(Integer::intValue).sum();
            List<FleetHost> allowed = fleet.hosts().stream()
                    .filter(host -> planner.allows(host, want))
                    .toList();
            assertThat(dropped + allowed.size()).as("seed " + seed).isEqualTo(plan.considered());
            assertThat(plan.best()).hasSize(Math.min(allowed.size(), PlacementPlanner.MAX_BEST));
            assertThat(plan.best())
                    .isEqualTo(allowed.stream()
                            .sorted((a, b) -> Double.compare(Score.seeded(b, want), Score.seeded(a, want)))
                            .limit(PlacementPlanner.MAX_BEST)
                            .toList());
        }
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        Fleet fleet = Fleets.any(new Random(5), 50);
        assertThat(planner.plan(fleet, want(9, 2, 2048)).best())
                .isEqualTo(planner.plan(fleet, want(9, 2, 2048)).best());
    }

    @Test
    void differentLinodesGoToDifferentHostsOfAnEmptyFleet() {
        List<FleetHost> hosts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            hosts.add(host("h" + i, 64, 65_536));
        }
        Set<HostId> chosen = new HashSet<>();
        for (int linode = 1; linode <= 40; linode++) {
            chosen.add(planner.plan(new Fleet(hosts), want(linode, 1, 1024))
                    .best()
                    .getFirst()
                    .id());
        }
        assertThat(chosen).hasSizeGreaterThan(10);
    }

    @Test
    void aClearlyEmptierHostIsPreferred() {
        FleetHost full = host("full", 64, 65_536).holding(new Resources(32, 40_000));
        FleetHost empty = host("empty", 64, 65_536);
        for (int linode = 1; linode <= 50; linode++) {
            assertThat(planner.plan(new Fleet(List.of(full, empty)), want(linode, 1, 1024))
                            .best())
                    .containsExactly(empty, full);
        }
    }

    @Test
    void linodesOfOneAccountAreSpread() {
        FleetHost alone = host("alone", 64, 65_536).holding(new Resources(10, 10_000));
        FleetHost shared = new FleetHost(
                host("shared", 64, 65_536).ref(),
                alone.region(),
                "r1",
                "active",
                alone.usable(),
                Resources.NONE,
                alone.pools(),
                "xen",
                "epyc",
                3);
        assertThat(planner.plan(new Fleet(List.of(shared, alone)), want(1, 1, 1024))
                        .best())
                .containsExactly(alone, shared);
    }

    @Test
    void tellsWhyNoHostCanTakeIt() {
        PlacementPlan plan = planner.plan(new Fleet(List.of(host("h1", 8, 512))), want(1, 1, 1024));
        assertThat(plan.best()).isEmpty();
        assertThat(plan.obstacle())
                .isEqualTo("No host of 1 can take the Linode (h1: it has 512 MiB and 8 vCPUs free, "
                        + "1024 MiB and 1 vCPUs are needed).");
        assertThat(planner.plan(new Fleet(List.of()), want(1, 1, 1024)).obstacle())
                .isEqualTo("No host can take the Linode: region us-east has none.");
    }
}

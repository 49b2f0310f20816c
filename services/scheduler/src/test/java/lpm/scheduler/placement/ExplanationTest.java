package lpm.scheduler.placement;

import static lpm.scheduler.placement.Fleets.host;
import static lpm.scheduler.placement.Fleets.want;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import lpm.contracts.Resources;
import lpm.scheduler.catalogue.Catalogue;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private final PlacementPlanner planner = new PlacementPlanner();

    @Test
    void namesTheHostThePlannerWouldChooseAndEveryOther() {
        for (long seed = 0; seed < 50; seed++) {
            Fleet fleet = Fleets.any(new Random(seed), 30);
            Want want = want(1, 2, 2048);
            PlacementJson.Explanation told = PlacementJson.explain(planner, fleet, want);
            List<FleetHost> best = planner.plan(fleet, want).best();
            assertThat(told.chosen())
                    .isEqualTo(best.isEmpty() ? null : best.getFirst().id().value());
            assertThat(told.hosts()).hasSize(30).allSatisfy(each -> {
                assertThat(each.allowed()).isEqualTo(each.rule() == null);
                assertThat(each.parts()).hasSize(each.allowed() ? 3 : 0);
            });
        }
    }

    @Test
    void theAllowedComeFirstBestFirst() {
        FleetHost full = host("a-full", 64, 8192).holding(new Resources(1, 4096));
        FleetHost tiny = host("b-tiny", 64, 512);
        FleetHost empty = host("c-empty", 64, 8192);
        assertThat(PlacementJson.explain(planner, new Fleet(List.of(full, tiny, empty)), want(1, 1, 1024))
                        .hosts())
                .extracting(PlacementJson.Candidate::host)
                .containsExactly("c-empty", "a-full", "b-tiny");
    }

    @Test
    void roomIsCountedHostByHost() {
        FleetHost half = host("h1", 64, 1536);
        FleetHost whole = host("h2", 64, 3072);
        FleetHost closed = new FleetHost(
                host("h3", 64, 8192).ref(),
                Fleets.EAST,
                "r1",
                "cordoned",
                new Resources(64, 8192),
                Resources.NONE,
                List.of("pool-1"),
                "xen",
                "epyc",
                0);
        CapacityJson told = CapacityJson.of("us-east", List.of(half, whole, closed), Catalogue.load());
        assertThat(told.openHosts()).isEqualTo(2);
        assertThat(told.free().memoryMib()).isEqualTo(4608);
        assertThat(told.types())
                .filteredOn(each -> each.id().equals("g6-nanode-1"))
                .singleElement()
                .satisfies(each -> assertThat(each.free()).isEqualTo(4));
    }
}

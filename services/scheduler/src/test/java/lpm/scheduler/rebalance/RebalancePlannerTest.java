package lpm.scheduler.rebalance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.Resources;
import lpm.contracts.scheduler.RebalanceEvent.Move;
import lpm.scheduler.placement.FleetHost;
import lpm.scheduler.placement.Fleets;
import lpm.scheduler.rebalance.LoadedFleet.Load;
import org.junit.jupiter.api.Test;

class RebalancePlannerTest {
    private static final int SEEDS = 100;
    private final RebalancePlanner planner = new RebalancePlanner();

    @Test
    void everyMoveLowersTheScoreByAtLeastItsCost() {
        for (long seed = 0; seed < SEEDS; seed++) {
            LoadedFleet fleet = any(new Random(seed));
            RebalancePlan plan = planner.plan(List.of(fleet), Goal.balance, 20);
            double score = plan.scoreBefore();
            for (Move move : plan.moves()) {
                assertThat(move.scoreBefore()).as("seed " + seed).isEqualTo(score, within(1e-9));
                assertThat(move.scoreBefore() - move.scoreAfter()).isGreaterThanOrEqualTo(RebalancePlanner.MIN_GAIN);
                score = move.scoreAfter();
            }
            assertThat(plan.scoreAfter()).isEqualTo(score, within(1e-9));
        }
    }

    @Test
    void thePlanPredictsTheScoreOfTheFleetAfterIt() {
        for (long seed = 0; seed < SEEDS; seed++) {
            LoadedFleet fleet = any(new Random(seed));
            RebalancePlan plan = planner.plan(List.of(fleet), Goal.balance, 20);
            LoadedFleet after = applied(fleet, plan.moves());
            RebalancePlan then = planner.plan(List.of(after), Goal.balance, 0);
            assertThat(then.scoreBefore()).as("seed " + seed).isEqualTo(plan.scoreAfter(), within(1e-9));
        }
    }

    @Test
    void capacityIsNeverExceededAtAnyStep() {
        for (long seed = 0; seed < SEEDS; seed++) {
            LoadedFleet fleet = any(new Random(seed));
            List<Move> moves = planner.plan(List.of(fleet), Goal.memory, 30).moves();
            for (int steps = 1; steps <= moves.size(); steps++) {
                assertThat(applied(fleet, moves.subList(0, steps)).hosts())
                        .as("seed " + seed)
                        .allSatisfy(host -> {
                            assertThat(host.freeMemoryMib()).isNotNegative();
                            assertThat(host.freeVcpus()).isNotNegative();
                        });
            }
        }
    }

    @Test
    void noLinodeMovesTwiceAndClosedHostsNeitherGiveNorTake() {
        for (long seed = 0; seed < SEEDS; seed++) {
            LoadedFleet fleet = any(new Random(seed));
            List<Move> moves = planner.plan(List.of(fleet), Goal.balance, 30).moves();
            assertThat(moves).extracting(Move::linode).doesNotHaveDuplicates();
            assertThat(moves).allSatisfy(move -> {
                assertThat(state(fleet, move.from())).isEqualTo("active");
                assertThat(state(fleet, move.to())).isEqualTo("active");
            });
        }
    }

    @Test
    void theSameFleetHasTheSamePlan() {
        LoadedFleet fleet = any(new Random(3));
        assertThat(planner.plan(List.of(fleet), Goal.balance, 20))
                .isEqualTo(planner.plan(List.of(fleet), Goal.balance, 20));
    }

    @Test
    void aFullAndAnEmptyHostShareTheLoad() {
        FleetHost full = Fleets.host("full", 64, 16_384).holding(new Resources(8, 8192));
        FleetHost empty = Fleets.host("empty", 64, 16_384);
        List<Load> loads = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            loads.add(new Load(new LinodeId(i), new Resources(1, 1024)));
        }
        LoadedFleet fleet = new LoadedFleet(Fleets.EAST, List.of(full, empty), Map.of(full.id(), loads));
        RebalancePlan plan = planner.plan(List.of(fleet), Goal.balance, 20);
        assertThat(plan.moves()).hasSize(4);
        assertThat(plan.scoreAfter()).isEqualTo(0, within(1e-9));
        assertThat(planner.plan(List.of(applied(fleet, plan.moves())), Goal.balance, 20)
                        .moves())
                .isEmpty();
    }

    @Test
    void aMoveThatNoLongerHelpsGainsNothingToday() {
        FleetHost full = Fleets.host("full", 64, 16_384).holding(new Resources(1, 1024));
        FleetHost other = Fleets.host("other", 64, 16_384).holding(new Resources(1, 1024));
        LoadedFleet fleet = new LoadedFleet(
                Fleets.EAST,
                List.of(full, other),
                Map.of(full.id(), List.of(new Load(new LinodeId(1), new Resources(1, 1024)))));
        Move move = new Move(new LinodeId(1), full.id(), other.id(), 0, 0);
        assertThat(RebalancePlanner.gain(fleet, Goal.balance, move))
                .hasValueSatisfying(gain -> assertThat(gain).isNegative());
        assertThat(RebalancePlanner.gain(fleet, Goal.balance, new Move(new LinodeId(2), full.id(), other.id(), 0, 0)))
                .isEmpty();
    }

    private static LoadedFleet any(Random random) {
        List<FleetHost> hosts = new ArrayList<>();
        Map<HostId, List<Load>> loads = new HashMap<>();
        long linode = 1;
        int size = 2 + random.nextInt(10);
        for (int i = 0; i < size; i++) {
            FleetHost host = Fleets.host("h" + i, 64, 8192L * (1 + random.nextInt(4)));
            Resources held = Resources.NONE;
            List<Load> own = new ArrayList<>();
            int count = random.nextInt(12);
            for (int n = 0; n < count; n++) {
                Resources one = new Resources(1 + random.nextInt(4), 1024L << random.nextInt(3));
                if (held.plus(one).memoryMib() <= host.usable().memoryMib()) {
                    held = held.plus(one);
                    own.add(new Load(new LinodeId(linode++), one));
                }
            }
            String state = random.nextInt(5) == 0 ? "cordoned" : "active";
            hosts.add(new FleetHost(
                    host.ref(), Fleets.EAST, "r1", state, host.usable(), held, host.pools(), "xen", "epyc", 0));
            loads.put(host.id(), own);
        }
        return new LoadedFleet(Fleets.EAST, hosts, loads);
    }

    private static String state(LoadedFleet fleet, HostId id) {
        return fleet.hosts().stream()
                .filter(each -> each.id().equals(id))
                .map(FleetHost::state)
                .findFirst()
                .orElseThrow();
    }

    private static LoadedFleet applied(LoadedFleet fleet, List<Move> moves) {
        Map<HostId, FleetHost> hosts = new LinkedHashMap<>();
        fleet.hosts().forEach(each -> hosts.put(each.id(), each));
        Map<HostId, List<Load>> loads = new HashMap<>();
        fleet.movable().forEach((id, own) -> loads.put(id, new ArrayList<>(own)));
        for (Move move : moves) {
            Load load = loads.get(move.from()).stream()
                    .filter(each -> each.linode().equals(move.linode()))
                    .findFirst()
                    .orElseThrow();
            loads.get(move.from()).remove(load);
            loads.computeIfAbsent(move.to(), _ -> new ArrayList<>()).add(load);
            hosts.computeIfPresent(
                    move.from(), (_, host) -> host.holding(host.held().minus(load.resources())));
            hosts.computeIfPresent(
                    move.to(), (_, host) -> host.holding(host.held().plus(load.resources())));
        }
        return new LoadedFleet(fleet.region(), List.copyOf(hosts.values()), loads);
    }
}

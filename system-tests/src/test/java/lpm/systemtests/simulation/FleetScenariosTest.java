package lpm.systemtests.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.platform.Commands.Outcome;
import lpm.platform.Query;
import lpm.scheduler.drain.DrainCommand;
import lpm.scheduler.host.FleetHostCommand;
import lpm.scheduler.host.HostRow;
import lpm.scheduler.host.ReservationRow;
import lpm.scheduler.linode.LinodeCommand;
import lpm.scheduler.rebalance.Goal;
import lpm.scheduler.rebalance.LoadedFleet;
import lpm.scheduler.rebalance.RebalanceCommand;
import lpm.scheduler.rebalance.RebalancePlan;
import lpm.scheduler.rebalance.RebalancePlanner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators and dying hosts do to a fleet, in memory on virtual time (simulated, all of it). */
class FleetScenariosTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rebalanceFillsADrainedHostAgain(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        List<LinodeId> linodes = running(customer, 6);
        HostId host = customer.hostOf(linodes.getFirst()).orElseThrow();
        long drain = drain(cell, host);
        awaitState(cell, host, "maintenance");
        ask(cell, new FleetHostCommand.UncordonHost(host), new DrainCommand.CancelDrain(drain, "uncordoned"));

        RebalancePlan plan = planned(cell);
        assertThat(plan.moves()).isNotEmpty();
        ask(
                cell,
                new RebalanceCommand.StartRebalance(
                        9, Goal.balance.name(), plan.moves(), plan.scoreBefore(), plan.scoreAfter(), 2));
        cell.await("the rebalance completed", LIMIT, () -> types(cell, "rebalance:9")
                .contains("scheduler.RebalanceCompleted"));

        assertThat(planned(cell).scoreBefore()).isCloseTo(plan.scoreAfter(), within(1e-9));
        assertThat(planned(cell).moves()).isEmpty();
        settled(cell, customer, linodes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void offlineLinodesLeaveADrainedHostWithoutAMigration(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        LinodeId linode = customer.createRunning("off");
        HostId host = customer.hostOf(linode).orElseThrow();
        ask(cell, new LinodeCommand.Shutdown(linode));
        cell.await("the Linode off", LIMIT, () -> !customer.placed(linode)
                .orElseThrow()
                .running());
        drain(cell, host);
        awaitState(cell, host, "maintenance");
        assertThat(types(cell, linode.aggregateId()))
                .contains("scheduler.LinodeReplaced")
                .doesNotContain("scheduler.LinodeMoveRequested");
        capacityIsHeldWhereLinodesAre(cell, customer, List.of(linode));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aBlockedDrainGoesOnWhenThereIsRoomAgain(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        List<LinodeId> linodes = running(customer, 3);
        HostId host = customer.hostOf(linodes.getFirst()).orElseThrow();
        List<HostId> others = cell.service("scheduler").rows().find(HostRow.TABLE, Query.all(), HostRow.class).stream()
                .map(row -> new HostId(row.id()))
                .filter(each -> !each.equals(host))
                .toList();
        others.forEach(each -> ask(cell, new FleetHostCommand.CordonHost(each, "full")));
        long drain = drain(cell, host);
        cell.timeline().run(Duration.ofMinutes(2));
        assertThat(types(cell, "drain:" + drain))
                .contains("scheduler.DrainBlocked")
                .doesNotContain("scheduler.DrainMoveStarted");

        ask(cell, new FleetHostCommand.UncordonHost(others.getFirst()));
        awaitState(cell, host, "maintenance");
        settled(cell, customer, linodes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aHostThatLosesPowerForAMomentRunsItsLinodesOnceAgain(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        List<LinodeId> linodes = running(customer, 4);
        HostId host = customer.hostOf(linodes.getFirst()).orElseThrow();
        cell.xen().powerOff(host);
        cell.timeline().run(Duration.ofSeconds(3));
        cell.xen().powerOn(host);
        cell.await(
                "a second registration",
                LIMIT,
                () -> types(cell, host.aggregateId()).stream()
                                .filter("scheduler.HostRegistered"::equals)
                                .count()
                        >= 2);
        cell.timeline().run(Duration.ofMinutes(2));
        settled(cell, customer, linodes);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aHostDeclaredDeadWhileItLivesLosesItsLinodesToOthers(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        List<LinodeId> linodes = running(customer, 3);
        HostId host = customer.hostOf(linodes.getFirst()).orElseThrow();
        ask(
                cell,
                new FleetHostCommand.CordonHost(host, "smoke"),
                new FleetHostCommand.RequestFence(host, 1, true, "smoke"));
        cell.await(
                "the host fenced",
                LIMIT,
                () -> types(cell, host.aggregateId()).contains("scheduler.HostFenced")
                        || types(cell, host.aggregateId()).stream()
                                        .filter("scheduler.HostRegistered"::equals)
                                        .count()
                                >= 2);
        cell.timeline().run(Duration.ofMinutes(3));
        settled(cell, customer, linodes);
        assertThat(linodes).allSatisfy(each -> assertThat(customer.hostOf(each)).isNotEqualTo(Optional.of(host)));
    }

    private static Cell ready(long seed) {
        Cell cell = new Cell(seed, 3);
        cell.await(
                "three active hosts",
                LIMIT,
                () -> cell.service("scheduler").rows().count(HostRow.TABLE, Query.where("state", HostRow.ACTIVE)) == 3);
        return cell;
    }

    private static List<LinodeId> running(Customer customer, int count) {
        List<LinodeId> linodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            linodes.add(customer.createRunning("linode-" + i));
        }
        return linodes;
    }

    private static void settled(Cell cell, Customer customer, List<LinodeId> linodes) {
        cell.await("all running", LIMIT, () -> linodes.stream().allMatch(customer::isRunning));
        cell.timeline().run(Duration.ofSeconds(5));
        assertThat(cell.xen().doubles()).isEmpty();
        for (LinodeId linode : linodes) {
            assertThat(cell.xen().figures().stream()
                            .filter(each -> each.running().contains(linode))
                            .map(each -> each.host()))
                    .containsExactly(customer.hostOf(linode).orElseThrow());
        }
        capacityIsHeldWhereLinodesAre(cell, customer, linodes);
    }

    private static void capacityIsHeldWhereLinodesAre(Cell cell, Customer customer, List<LinodeId> linodes) {
        Map<Long, String> places = new HashMap<>();
        linodes.forEach(each ->
                places.put(each.value(), customer.hostOf(each).orElseThrow().value()));
        List<ReservationRow> held =
                cell.service("scheduler").rows().find(ReservationRow.TABLE, Query.all(), ReservationRow.class);
        assertThat(held).hasSameSizeAs(linodes).allSatisfy(row -> assertThat(row.host())
                .isEqualTo(places.get(row.linodeId())));
    }

    private static RebalancePlan planned(Cell cell) {
        return new RebalancePlanner()
                .plan(LoadedFleet.all(cell.service("scheduler").rows()), Goal.balance, 10);
    }

    /** As the operator's resource puts it: the mark and the drain in one unit. */
    private static long drain(Cell cell, HostId host) {
        long drain = cell.nextId("drain");
        ask(
                cell,
                new FleetHostCommand.MarkDraining(host, drain, 2),
                new DrainCommand.StartDrain(drain, host, List.of(), 2));
        return drain;
    }

    private static void awaitState(Cell cell, HostId host, String state) {
        cell.await("host " + host + " in " + state, LIMIT, () -> cell.service("scheduler")
                .rows()
                .get(HostRow.TABLE, host.value(), HostRow.class)
                .filter(row -> row.state().equals(state))
                .isPresent());
    }

    private static void ask(Cell cell, Command... unit) {
        assertThat(cell.service("scheduler").ask(unit)).isInstanceOf(Outcome.Accepted.class);
    }

    private static List<String> types(Cell cell, String aggregateId) {
        return cell.service("scheduler").events(aggregateId).stream()
                .map(event -> Objects.requireNonNull(event.type()))
                .toList();
    }
}

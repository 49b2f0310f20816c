package lpm.systemtests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.host.HostReport;
import lpm.hostagent.simulated.XenControl.HostFigures;
import lpm.platform.Commands.Outcome;
import lpm.scheduler.drain.DrainCommand;
import lpm.scheduler.host.FleetHostCommand;
import lpm.scheduler.linode.LinodeState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every walkthrough of {@code docs/walkthroughs}, run in memory on virtual time (simulated, all of it). */
class WalkthroughTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void create(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        LinodeId linode = customer.createRunning("first");

        assertThat(types(cell, "scheduler", linode.aggregateId()))
                .containsSubsequence(
                        "scheduler.LinodeCreated",
                        "scheduler.LinodePlaced",
                        "scheduler.LinodeDisksReady",
                        "scheduler.LinodeBootRequested",
                        "scheduler.LinodeBooted");
        assertRunsOnceWhereBelieved(cell, customer, linode);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void migrate(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        LinodeId linode = customer.createRunning("mover");
        HostId source = customer.hostOf(linode).orElseThrow();

        assertThat(customer.move(linode)).isInstanceOf(Outcome.Accepted.class);
        cell.await(
                "the Linode moved",
                LIMIT,
                () -> customer.isRunning(linode)
                        && !customer.hostOf(linode).orElseThrow().equals(source));

        assertThat(types(cell, "migration", "migration:1"))
                .containsSubsequence(
                        "migration.MigrationStarted",
                        "migration.TargetStorageReady",
                        "migration.HandoverOpened",
                        "migration.HandoverCommitted",
                        "migration.MigrationCompleted")
                .doesNotContain("migration.MigrationUnknown");
        assertRunsOnceWhereBelieved(cell, customer, linode);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void drain(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        List<LinodeId> linodes =
                List.of(customer.createRunning("a"), customer.createRunning("b"), customer.createRunning("c"));
        HostId host = customer.hostOf(linodes.getFirst()).orElseThrow();

        assertThat(drain(cell, host, linodes)).isInstanceOf(Outcome.Accepted.class);
        cell.await("host " + host + " empty", LIMIT, () -> linodes.stream()
                .allMatch(each -> customer.isRunning(each)
                        && !customer.hostOf(each).orElseThrow().equals(host)));
        cell.await("the host drained", LIMIT, () -> types(cell, "scheduler", host.aggregateId())
                .contains("scheduler.HostDrained"));
        linodes.forEach(each -> assertRunsOnceWhereBelieved(cell, customer, each));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void delete(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        LinodeId linode = customer.createRunning("short-lived");
        HostId host = customer.hostOf(linode).orElseThrow();

        customer.delete(linode);
        cell.await("the Linode deleted", LIMIT, () -> cell.service("scheduler")
                .state(linode.aggregateId(), LinodeState.class)
                .filter(LinodeState.Deleted.class::isInstance)
                .isPresent());
        cell.timeline().run(Duration.ofSeconds(1));

        assertThat(types(cell, "scheduler", host.aggregateId()))
                .containsSubsequence("scheduler.CapacityReserved", "scheduler.CapacityReleased");
        assertThat(types(cell, "storage", "disks:" + linode))
                .containsSubsequence("storage.DisksProvisioned", "storage.DiskScrubbed", "storage.DisksDeleted");
        assertThat(running(cell, linode)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void hostDies(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        LinodeId linode = customer.createRunning("survivor");
        HostId dead = customer.hostOf(linode).orElseThrow();
        long epoch = customer.placed(linode).orElseThrow().ownerEpoch();

        cell.xen().powerOff(dead);
        cell.await(
                "the Linode elsewhere",
                LIMIT,
                () -> customer.isRunning(linode)
                        && !customer.hostOf(linode).orElseThrow().equals(dead));
        assertThat(customer.placed(linode).orElseThrow().ownerEpoch()).isGreaterThan(epoch);
        assertThat(types(cell, "storage", "fence:" + dead)).contains("storage.FenceConfirmed");

        cell.xen().powerOn(dead);
        cell.timeline().run(Duration.ofMinutes(1));
        assertRunsOnceWhereBelieved(cell, customer, linode);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aHostThatOnlyKafkaDoesNotHearKeepsItsLinodes(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        LinodeId linode = customer.createRunning("unheard");
        HostId host = customer.hostOf(linode).orElseThrow();

        cell.host(host.value()).connect(false);
        cell.timeline().run(Duration.ofMinutes(3));
        assertThat(types(cell, "scheduler", host.aggregateId()))
                .contains("scheduler.HostSuspected")
                .doesNotContain("scheduler.HostFenced");
        assertThat(running(cell, linode)).containsExactly(host);

        cell.host(host.value()).connect(true);
        cell.await("the host trusted", LIMIT, () -> types(cell, "scheduler", host.aggregateId())
                .contains("scheduler.HostTrusted"));
        assertRunsOnceWhereBelieved(cell, customer, linode);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void theSameSeedTellsTheSameStory(long seed) {
        assertThat(story(seed)).isEqualTo(story(seed));
    }

    private static List<String> story(long seed) {
        Cell cell = ready(seed);
        Customer customer = new Customer(cell, 7);
        LinodeId linode = customer.createRunning("twice");
        customer.move(linode);
        cell.timeline().run(Duration.ofMinutes(1));
        return cell.bus().log().stream().map(Object::toString).toList();
    }

    private static Cell ready(long seed) {
        Cell cell = new Cell(seed, 3);
        cell.await(
                "three registered hosts",
                LIMIT,
                () -> cell.bus().log().stream()
                                .filter(each -> each.envelope().data() instanceof HostReport.InventoryReported)
                                .map(each -> each.topic())
                                .distinct()
                                .count()
                        == 3);
        return cell;
    }

    /** As the operator's resource puts it: the mark and the drain in one unit. */
    private static Outcome drain(Cell cell, HostId host, List<LinodeId> linodes) {
        long drain = cell.nextId("drain");
        return cell.service("scheduler")
                .ask(
                        new FleetHostCommand.MarkDraining(host, drain, 2),
                        new DrainCommand.StartDrain(drain, host, linodes, 2));
    }

    private static List<String> types(Cell cell, String service, String aggregateId) {
        return cell.service(service).events(aggregateId).stream()
                .map(event -> event.type())
                .collect(Collectors.toList());
    }

    private static void assertRunsOnceWhereBelieved(Cell cell, Customer customer, LinodeId linode) {
        assertThat(cell.xen().doubles()).isEmpty();
        assertThat(running(cell, linode))
                .containsExactly(customer.hostOf(linode).orElseThrow());
    }

    private static List<HostId> running(Cell cell, LinodeId linode) {
        return cell.xen().figures().stream()
                .filter(each -> each.running().contains(linode))
                .map(HostFigures::host)
                .toList();
    }
}

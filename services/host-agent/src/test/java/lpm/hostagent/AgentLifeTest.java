package lpm.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.Cause;
import lpm.contracts.Envelope;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.LinodeStopObserved;
import lpm.contracts.host.Telemetry.Heartbeat;
import lpm.contracts.host.Telemetry.PoolSeen;
import lpm.contracts.host.Telemetry.PoolState;
import org.junit.jupiter.api.Test;

class AgentLifeTest {
    private static final LinodeId ONE = new LinodeId(1);

    private final World world = new World("h1", "h2").ready();

    @Test
    void reportsACompleteInventoryFirstUnderANewRegistration() {
        List<HostReport> registered = world.facts("h1").stream()
                .filter(each -> each.by().hostEpoch() > 0)
                .toList();
        assertThat(registered.getFirst()).isInstanceOfSatisfying(HostReport.InventoryReported.class, it -> {
            assertThat(it.complete()).isTrue();
            assertThat(it.domains()).isEmpty();
        });
        assertThat(world.host("h1").agent().isReady()).isTrue();
    }

    @Test
    void tellsEveryTenSecondsHowItsPoolsAre() {
        List<PoolSeen> told = poolsTold();
        world.run(Duration.ofSeconds(30));
        assertThat(poolsTold()).hasSize(told.size() + 3);
        assertThat(poolsTold().getLast())
                .isEqualTo(
                        new PoolSeen(world.at("h1"), World.POOL, "rbd", PoolState.degraded, 3, 100, 50, "1 osds down"));
    }

    private List<PoolSeen> poolsTold() {
        return world.host("h1").telemetry.stream()
                .filter(PoolSeen.class::isInstance)
                .map(PoolSeen.class::cast)
                .toList();
    }

    @Test
    void numbersItsReportsWithoutGapsPerIncarnation() {
        world.boot("h1", 1, 1);
        world.xen.powerOff(world.at("h1").host());
        world.xen.powerOn(world.at("h1").host());
        world.run(Duration.ofSeconds(3));
        List<Envelope<?>> events = world.host("h1").events;
        List<String> aggregates =
                events.stream().map(Envelope::aggregateId).distinct().toList();
        assertThat(aggregates).containsExactly("report:h1/h1-1", "report:h1/h1-2");
        aggregates.forEach(aggregate -> {
            List<Long> sequences = events.stream()
                    .filter(each -> each.aggregateId().equals(aggregate))
                    .map(Envelope::sequence)
                    .toList();
            assertThat(sequences)
                    .containsExactlyElementsOf(
                            LongStream.range(0, sequences.size()).boxed().toList());
        });
    }

    @Test
    void bootsOnceHoweverOftenTheOrderComes() {
        world.boot("h1", 1, 1);
        List<Envelope<?>> commands = List.copyOf(world.host("h1").commands);
        commands.forEach(each -> world.deliver("h1", each));
        world.run(Duration.ofSeconds(2));
        assertThat(world.facts("h1", HostReport.LinodeBootObserved.class)).hasSize(1);
        assertThat(world.xen.runs()).hasSize(1);
    }

    @Test
    void saysTheSameFactAgainForANewOrderThatIsDoneAlready() {
        BootSpec spec = world.boot("h1", 1, 1);
        world.order(new HostCommand.BootLinode(world.at("h1"), ONE, 1, spec));
        world.run(Duration.ofSeconds(1));
        List<HostReport.LinodeBootObserved> facts = world.facts("h1", HostReport.LinodeBootObserved.class);
        assertThat(facts).hasSize(2);
        assertThat(facts.getFirst()).isEqualTo(facts.getLast());
        assertThat(world.xen.runs()).hasSize(1);
    }

    @Test
    void refusesAnOrderOfAnOlderOwnerEpoch() {
        BootSpec spec = world.boot("h1", 1, 3);
        world.order(new HostCommand.RebootLinode(world.at("h1"), ONE, 2, spec, 10));
        HostReport.CommandRefused refused = world.await("h1", HostReport.CommandRefused.class);
        assertThat(refused.commandType()).isEqualTo("host.RebootLinode");
        assertThat(refused.reason()).contains("owner epoch 2").contains("3");
        assertThat(world.xen.runs()).hasSize(1);
    }

    @Test
    void refusesAnExpiredOrder() {
        HostCommand boot = new HostCommand.BootLinode(world.at("h1"), ONE, 1, World.spec(1, 1));
        world.deliver(
                "h1",
                world.envelope(
                        new Cause("scheduler", "linode:1", 900), world.now().minusSeconds(1), boot));
        assertThat(world.await("h1", HostReport.CommandRefused.class).reason()).startsWith("expired");
        assertThat(world.xen.runs()).isEmpty();
    }

    @Test
    void refusesAnOrderForAnOlderRegistrationAndKeepsOneForALaterOne() {
        HostRef now = world.at("h1");
        world.order(
                new HostCommand.DescribeLinode(new HostRef(now.host(), now.hostEpoch() - 1), ONE, Optional.empty()));
        HostRef later = new HostRef(now.host(), now.hostEpoch() + 10);
        world.order(new HostCommand.DescribeLinode(later, new LinodeId(2), Optional.empty()));
        world.run(Duration.ofSeconds(1));
        assertThat(world.facts("h1", HostReport.CommandRefused.class))
                .singleElement()
                .satisfies(it -> assertThat(it.subject()).isEqualTo("linode:1"));
        assertThat(world.facts("h1", HostReport.LinodeDescribed.class)).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnowAndGoesOn() {
        Envelope<HostCommand> known = world.envelope(
                new Cause("scheduler", "host:h1", 900), null, new HostCommand.ReportInventory(world.at("h1")));
        world.deliver("h1", known.withData("something of the future"));
        world.boot("h1", 1, 1);
        assertThat(world.facts("h1", HostReport.CommandRefused.class)).hasSize(1);
    }

    @Test
    void anOrderThatCannotBeWorkedOnIsRefusedAndKeepsNobodyWaiting() {
        Envelope<HostCommand> good = world.envelope(
                new Cause("scheduler", "host:h1", 900), null, new HostCommand.ReportInventory(world.at("h1")));
        world.deliver("h1", good.withData(new HostCommand.BootLinode(null, null, 1, null)));
        world.boot("h1", 1, 1);
        assertThat(world.facts("h1", HostReport.CommandRefused.class))
                .singleElement()
                .satisfies(it -> assertThat(it.reason()).startsWith("cannot be carried out"));
    }

    @Test
    void reportsBootFailedAndFreesTheLocksWhenNothingCouldBeStarted() {
        BootSpec spec = world.boot("h1", 1, 1);
        BootSpec huge = new BootSpec(
                2,
                "huge",
                new lpm.contracts.Resources(1, 99_999),
                spec.kernel(),
                spec.rootDevice(),
                spec.devices(),
                List.of());
        world.order(new HostCommand.ShutdownLinode(world.at("h1"), ONE, 1, 10));
        world.await("h1", LinodeStopObserved.class);
        world.order(new HostCommand.BootLinode(world.at("h1"), ONE, 1, huge));
        assertThat(world.await("h1", HostReport.LinodeBootFailed.class).reason())
                .contains("MiB left");
        world.order(new HostCommand.AttachDevice(
                world.at("h1"), ONE, 1, spec.devices().getFirst()));
        world.await("h1", HostReport.DeviceRefused.class);
        world.order(new HostCommand.TakeLocks(world.at("h1"), new LinodeId(2), 1, spec.devices()));
        world.await("h1", HostReport.LocksTaken.class);
    }

    @Test
    void shutsDownAndPullsThePlugAfterTheGrace() {
        world.boot("h1", 1, 1);
        world.xen.ignoreShutdown(ONE);
        world.order(new HostCommand.ShutdownLinode(world.at("h1"), ONE, 1, 3));
        world.run(Duration.ofSeconds(2));
        assertThat(world.facts("h1", LinodeStopObserved.class)).isEmpty();
        assertThat(world.await("h1", LinodeStopObserved.class).cause()).isEqualTo(LinodeStopObserved.Cause.requested);
        world.run(Duration.ofSeconds(2));
        assertThat(world.facts("h1", LinodeStopObserved.class)).hasSize(1);
    }

    @Test
    void rebootsUnderANewGenerationAndOnlyOnceForOneOrder() {
        world.boot("h1", 1, 1);
        Envelope<?> order = world.order(new HostCommand.RebootLinode(world.at("h1"), ONE, 1, World.spec(1, 2), 10));
        assertThat(world.await("h1", HostReport.LinodeRebootObserved.class).generation())
                .isEqualTo(2);
        assertThat(world.xen.runs()).hasSize(2);
        // The same order under a number not seen before, as after a crash between the effect and the journal.
        world.deliver("h1", again(order));
        world.run(Duration.ofSeconds(2));
        assertThat(world.facts("h1", HostReport.LinodeRebootObserved.class)).hasSize(2);
        assertThat(world.xen.runs()).hasSize(2);
    }

    @Test
    void tellsOfAGuestThatStopsByItself() {
        world.boot("h1", 1, 1);
        world.xen.stopGuest(world.at("h1").host(), ONE, LinodeStopObserved.Cause.crash);
        assertThat(world.await("h1", LinodeStopObserved.class).cause()).isEqualTo(LinodeStopObserved.Cause.crash);
        world.run(Duration.ofSeconds(3));
        assertThat(world.facts("h1", LinodeStopObserved.class)).hasSize(1);
    }

    @Test
    void attachesAndDetachesAVolumeAndLetsGoOfItsLock() {
        world.boot("h1", 1, 1);
        world.boot("h2", 2, 1);
        BlockDevice volume = new BlockDevice("sdc", BlockDevice.Kind.volume, 9, World.POOL, 20_480);
        world.order(new HostCommand.CreateVolumeBytes(world.at("h1"), volume, Optional.empty()));
        world.await("h1", HostReport.VolumeBytesCreated.class);
        world.order(new HostCommand.AttachDevice(world.at("h1"), ONE, 1, volume));
        world.await("h1", HostReport.DeviceAttached.class);
        world.order(new HostCommand.AttachDevice(world.at("h2"), new LinodeId(2), 1, volume));
        assertThat(world.await("h2", HostReport.DeviceRefused.class).reason()).contains("held by linode 1");
        world.order(new HostCommand.DetachDevice(world.at("h1"), ONE, 1, volume));
        world.await("h1", HostReport.DeviceDetached.class);
        world.order(new HostCommand.AttachDevice(world.at("h2"), new LinodeId(2), 1, volume));
        world.await("h2", HostReport.DeviceAttached.class);
    }

    @Test
    void anAgentThatComesBackFindsItsDomainsRunningUnderTheSameRegistration() {
        world.boot("h1", 1, 1);
        HostRef before = world.at("h1");
        world.kill("h1");
        world.run(Duration.ofSeconds(5));
        world.restart("h1");
        world.run(Duration.ofSeconds(1));
        assertThat(world.at("h1")).isEqualTo(before);
        assertThat(world.facts("h1", HostReport.HostAnnounced.class)).hasSize(1);
        assertThat(world.facts("h1", HostReport.InventoryReported.class)
                        .getLast()
                        .domains())
                .singleElement()
                .satisfies(each -> assertThat(each.state()).isEqualTo(State.running));
        assertThat(world.xen.runs()).singleElement().satisfies(run -> assertThat(run.until())
                .isEmpty());
    }

    @Test
    void aHostThatWasPoweredOnAnewIsANewIncarnationAndOldOrdersAreRefused() {
        world.boot("h1", 1, 1);
        HostRef old = world.at("h1");
        world.xen.powerOff(old.host());
        world.run(Duration.ofSeconds(3));
        int beats = world.host("h1").telemetry.size();
        world.run(Duration.ofSeconds(5));
        assertThat(world.host("h1").telemetry).hasSize(beats);
        world.order(new HostCommand.BootLinode(old, ONE, 1, World.spec(1, 1)));
        world.xen.powerOn(old.host());
        world.await("h1", HostReport.CommandRefused.class);
        assertThat(world.at("h1").hostEpoch()).isGreaterThan(old.hostEpoch());
        assertThat(world.xen.runs()).hasSize(1);
    }

    @Test
    void tellsThatItLivesEveryTwoSeconds() {
        int before = world.host("h1").telemetry.size();
        world.run(Duration.ofSeconds(10));
        assertThat(world.host("h1").telemetry.stream().skip(before).filter(Heartbeat.class::isInstance))
                .hasSize(5)
                .allSatisfy(each -> assertThat(((Heartbeat) each).leaseHeld()).isTrue());
    }

    private Envelope<?> again(Envelope<?> order) {
        return new Envelope<>(
                order.id(),
                order.type(),
                order.version(),
                order.aggregateId(),
                null,
                new Cause("scheduler", "linode:1", 5_000),
                null,
                null,
                null,
                null,
                null,
                order.occurredAt(),
                order.correlationId(),
                null,
                order.actor(),
                null,
                order.data());
    }
}

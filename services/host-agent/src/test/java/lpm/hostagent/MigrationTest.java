package lpm.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lpm.contracts.BootSpec;
import lpm.contracts.Envelope;
import lpm.contracts.HostId;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.GuestPauseMeasured;
import lpm.contracts.host.HostReport.LinodeDescribed;
import lpm.contracts.host.HostReport.LinodeReceived;
import lpm.contracts.host.HostReport.LinodeResumed;
import lpm.contracts.host.HostReport.SendFailed;
import lpm.contracts.host.HostReport.SourceReleased;
import lpm.contracts.host.Telemetry.CopyProgress;
import lpm.hostagent.hypervisor.PreCopy;
import lpm.hostagent.simulated.CopyFault;
import lpm.hostagent.simulated.CopyFault.Effect;
import lpm.hostagent.simulated.CopyPhase;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MigrationTest {
    private static final LinodeId ONE = new LinodeId(1);
    private static final MigrationId MOVE = new MigrationId(7);
    private static final HostId H1 = HostId.of("h1");
    private static final HostId H2 = HostId.of("h2");

    private final World world = new World("h1", "h2").ready();
    private final BootSpec spec = world.boot("h1", 1, 1);

    @Test
    void movesARunningLinodeWithAtMostOneCopyRunning() {
        send(0);
        SourceReleased released = world.await("h1", SourceReleased.class);
        world.await("h2", LinodeReceived.class);
        assertThat(running()).isEmpty();
        resume();
        LinodeResumed resumed = world.await("h2", LinodeResumed.class);
        assertThat(resumed.ownerEpoch()).isEqualTo(2);
        assertThat(resumed.pausedMillis()).isGreaterThanOrEqualTo(released.hypervisorPauseMillis());
        assertThat(running()).containsExactly(H2);
        assertThat(world.xen.doubles()).isEmpty();
        assertThat(world.host("h1").telemetry)
                .anySatisfy(each -> assertThat(each).isInstanceOf(CopyProgress.class));
    }

    @Test
    void theTargetTellsOnceWhatItsProbeMeasuredAfterTheGuestWasResumed() {
        send(0);
        world.await("h1", SourceReleased.class);
        resume();
        LinodeResumed resumed = world.await("h2", LinodeResumed.class);
        world.run(Duration.ofSeconds(5));
        assertThat(world.facts("h2", GuestPauseMeasured.class))
                .containsExactly(new GuestPauseMeasured(
                        resumed.by(), resumed.migration(), resumed.linode(), resumed.pausedMillis(), "simulated"));
        assertThat(world.facts("h2").getLast()).isInstanceOf(GuestPauseMeasured.class);
        assertThat(world.facts("h1", GuestPauseMeasured.class)).isEmpty();
    }

    @Test
    void whatASendLeadsToFollowsFromTheOrderToSend() {
        send(0);
        world.await("h1", SourceReleased.class);
        Envelope<?> order = world.host("h1").commands.getLast();
        assertThat(order.data()).isInstanceOf(HostCommand.SendLinode.class);
        assertThat(world.host("h1").events.getLast()).satisfies(fact -> {
            assertThat(fact.data()).isInstanceOf(SourceReleased.class);
            assertThat(fact.causationId()).isEqualTo(order.id());
            assertThat(fact.correlationId()).isEqualTo(order.correlationId());
        });
    }

    @Test
    void pausesAsLongAsThePreCopyFormulaSays() {
        double dirty = world.xen.hypervisor(H1).loads().getFirst().dirtyMibPerSecond();
        double ratio = dirty / 1_000;
        PreCopy predicted = PreCopy.of(1_024, dirty, 1_000, PreCopy.SWITCH_MILLIS);
        double closed = 1_024 * Math.pow(ratio, predicted.rounds()) / 1_000 * 1000 + PreCopy.SWITCH_MILLIS;
        send(0);
        assertThat((double) world.await("h1", SourceReleased.class).hypervisorPauseMillis())
                .isCloseTo(closed, org.assertj.core.data.Offset.offset(2.0));
        assertThat((double) world.await("h1", HostReport.SendStarted.class).predictedPauseMillis())
                .isCloseTo(closed, org.assertj.core.data.Offset.offset(2.0));
    }

    @Test
    void refusesToSendWhenThePredictedPauseIsTooLong() {
        send(10);
        SendFailed failed = world.await("h1", SendFailed.class);
        assertThat(failed.reason()).contains("predicted pause");
        assertThat(failed.seen().state()).isEqualTo(State.running);
        assertThat(running()).containsExactly(H1);
    }

    @Test
    void aSendIsMadeOnceHoweverOftenItIsOrdered() {
        send(0);
        world.await("h1", SourceReleased.class);
        world.order(sendOrder(0));
        world.run(Duration.ofSeconds(2));
        assertThat(world.facts("h1", SourceReleased.class)).hasSize(2);
        assertThat(world.facts("h1", HostReport.SendStarted.class)).hasSize(1);
    }

    @Test
    void aLostReplyLeavesTheLinodeAtTheSource() {
        world.xen.inject(new CopyFault(CopyPhase.received, Effect.loseReply, CopyFault.ANY));
        send(0);
        SendFailed failed = world.await("h1", SendFailed.class);
        assertThat(failed.seen().state()).isEqualTo(State.running);
        world.await("h2", LinodeReceived.class);
        abort();
        assertThat(running()).containsExactly(H1);
        assertThat(world.xen.hypervisor(H2).list()).isEmpty();
    }

    @Test
    void aSourceLeftSuspendedIsWokenByItsOwnOrderOnly() {
        world.xen.inject(new CopyFault(CopyPhase.received, Effect.abandon, CopyFault.ANY));
        send(0);
        SendFailed failed = world.await("h1", SendFailed.class);
        assertThat(failed.seen().state()).isEqualTo(State.suspended);
        world.run(Duration.ofMinutes(1));
        assertThat(running()).isEmpty();
        abort();
        world.order(new HostCommand.EnsureRunning(world.at("h1"), MOVE, ONE, 1));
        world.await("h1", LinodeDescribed.class, each -> each.seen().state() == State.running);
        assertThat(running()).containsExactly(H1);
    }

    @Test
    void cancellingTheSendInTheCopyLeavesTheLinodeRunning() {
        world.xen.inject(new CopyFault(CopyPhase.copy, Effect.stall, CopyFault.ANY));
        send(0);
        world.run(Duration.ofSeconds(5));
        world.order(new HostCommand.CancelSend(world.at("h1"), MOVE, ONE, 1));
        assertThat(world.await("h1", SendFailed.class).reason()).isEqualTo("cancelled");
        assertThat(running()).containsExactly(H1);
    }

    @Test
    void anAgentKilledInTheCopyFindsOutWhatCameOfIt() {
        send(0);
        world.run(Duration.ofMillis(300));
        world.kill("h1");
        world.run(Duration.ofSeconds(5));
        world.restart("h1");
        LinodeDescribed seen = world.await("h1", LinodeDescribed.class);
        assertThat(seen.migration()).contains(MOVE);
        assertThat(seen.seen().state()).isEqualTo(State.absent);
        world.order(new HostCommand.BootLinode(world.at("h1"), ONE, 1, spec));
        assertThat(world.await("h1", HostReport.CommandRefused.class).reason()).contains("given to another host");
    }

    @Test
    void aReceivedCopyIsNotResumedWhileTheSourceHoldsNewerLocks() {
        send(0);
        world.await("h2", LinodeReceived.class);
        world.send("storage", "disks:1", new HostCommand.TakeLocks(world.at("h1"), ONE, 3, spec.devices()));
        world.await("h1", HostReport.LocksTaken.class);
        resume();
        world.await("h2", LinodeDescribed.class, each -> each.seen().state() == State.paused);
        assertThat(running()).isEmpty();
    }

    /** Rule by rule as the services follow them: never two copies, and afterwards exactly one or, proved, none. */
    @TestFactory
    Stream<DynamicTest> neverTwoCopiesWhateverBreaksWherever() {
        List<DynamicTest> all = new ArrayList<>();
        for (CopyPhase phase : CopyPhase.values()) {
            for (Effect effect : Effect.values()) {
                all.add(DynamicTest.dynamicTest(
                        phase + ", " + effect, () -> new MigrationTest().survives(phase, effect)));
            }
            for (String killed : List.of("h1", "h2")) {
                all.add(DynamicTest.dynamicTest(
                        phase + ", agent of " + killed + " killed", () -> new MigrationTest().survives(phase, killed)));
            }
        }
        return all.stream();
    }

    private void survives(CopyPhase phase, Effect effect) {
        world.xen.inject(new CopyFault(phase, effect, CopyFault.ANY));
        send(0);
        world.run(Duration.ofSeconds(70));
        world.xen.healLink(H1, H2);
        world.xen.powerOn(H1);
        world.xen.powerOn(H2);
        world.run(Duration.ofSeconds(40));
        decide();
    }

    private void survives(CopyPhase phase, String killed) {
        world.xen.inject(new CopyFault(phase, Effect.stall, CopyFault.ANY));
        send(0);
        world.run(Duration.ofSeconds(2));
        world.kill(killed);
        world.xen.healLink(H1, H2);
        world.run(Duration.ofSeconds(5));
        world.restart(killed);
        world.run(Duration.ofSeconds(40));
        decide();
    }

    /** What migration does: commit on the source's word or absence, abort when it is there without a job. */
    private void decide() {
        boolean registeredAnew =
                world.at("h1").hostEpoch() > 2 || world.at("h2").hostEpoch() > 2;
        world.order(new HostCommand.CancelSend(world.at("h1"), MOVE, ONE, 1));
        world.run(Duration.ofSeconds(10));
        world.order(new HostCommand.DescribeLinode(world.at("h1"), ONE, Optional.of(MOVE)));
        LinodeDescribed source = world.await("h1", LinodeDescribed.class);
        world.run(Duration.ofSeconds(1));
        source = world.facts("h1", LinodeDescribed.class).getLast();
        assertThat(source.seen().jobRunning()).isFalse();
        if (source.seen().state() == State.absent) {
            resume();
            world.run(Duration.ofSeconds(2));
            boolean resumed = !world.facts("h2", LinodeResumed.class).isEmpty();
            assertThat(resumed || registeredAnew).isTrue();
            assertThat(running()).isEqualTo(resumed ? List.of(H2) : List.of());
        } else {
            abort();
            world.order(new HostCommand.EnsureRunning(world.at("h1"), MOVE, ONE, 1));
            world.run(Duration.ofSeconds(2));
            assertThat(running()).containsExactly(H1);
            assertThat(world.xen.hypervisor(H2).list()).isEmpty();
        }
        assertThat(world.xen.doubles()).isEmpty();
    }

    private void send(long maxPauseMillis) {
        world.order(new HostCommand.ConnectDevices(world.at("h2"), MOVE, ONE, spec.devices()));
        world.await("h2", HostReport.DevicesConnected.class);
        world.order(new HostCommand.PrepareIncoming(world.at("h2"), MOVE, ONE, 2, spec));
        assertThat(world.await("h2", HostReport.IncomingReady.class).uri()).isEqualTo("sim://h2");
        world.order(sendOrder(maxPauseMillis));
    }

    private HostCommand sendOrder(long maxPauseMillis) {
        return new HostCommand.SendLinode(world.at("h1"), MOVE, ONE, 1, 2, H2, "sim://h2", maxPauseMillis);
    }

    private void resume() {
        world.order(new HostCommand.ResumeLinode(world.at("h2"), MOVE, ONE, 2));
    }

    private void abort() {
        world.order(new HostCommand.CancelIncoming(world.at("h2"), MOVE, ONE, 2));
        world.await("h2", HostReport.IncomingCancelled.class);
    }

    private List<HostId> running() {
        return world.xen.runs().stream()
                .filter(each -> each.until().isEmpty())
                .map(each -> each.host())
                .toList();
    }
}

package lpm.hostagent.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.hostagent.World;
import lpm.hostagent.hypervisor.Domain;
import lpm.hostagent.journal.LinodeMemory;
import org.junit.jupiter.api.Test;

class StepPlannerTest {
    private static final HostRef BY = new HostRef(HostId.of("h1"), 3);
    private static final LinodeId ONE = new LinodeId(1);
    private static final MigrationId MOVE = new MigrationId(7);
    private static final LinodeMemory NOTHING = LinodeMemory.none(ONE);

    @Test
    void takesTheLocksBeforeTheFirstInstructionOfTheGuest() {
        assertThat(kinds(boot(2, seen(State.absent, 0, false), NOTHING)))
                .containsExactly("Connect", "TakeLocks", "Start", "Tell");
    }

    @Test
    void aLeftOverPausedCopyGoesBeforeABoot() {
        assertThat(kinds(boot(3, paused(2), NOTHING)))
                .containsExactly("Destroy", "Connect", "TakeLocks", "Start", "Tell");
    }

    /** While it is taken apart it would take the disks along that are connected for the next start. */
    @Test
    void whatHasEndedGoesBeforeItsDisksAreConnectedAnew() {
        Domain ended = seen(State.off, 2, false);
        assertThat(kinds(boot(2, ended, NOTHING))).containsExactly("Destroy", "Connect", "TakeLocks", "Start", "Tell");
        assertThat(kinds(plan(new HostCommand.RebootLinode(BY, ONE, 2, World.spec(1, 2), 10), ended, NOTHING)))
                .containsExactly("Destroy", "Connect", "TakeLocks", "Start", "Tell");
    }

    @Test
    void aRunningLinodeIsToldWithTheGenerationItReallyHas() {
        StepPlan plan = boot(2, seen(State.running, 2, false), NOTHING);
        assertThat(plan).isEqualTo(StepPlan.of(new Step.Tell(new HostReport.LinodeBootObserved(BY, ONE, 2, 1))));
    }

    @Test
    void nothingStartsUnderAnEpochThatWasGivenAway() {
        LinodeMemory gaveAway = NOTHING.after(new HostReport.LinodeBootObserved(BY, ONE, 2, 1))
                .after(new HostReport.SourceReleased(BY, MOVE, ONE, 40));
        assertThat(boot(2, seen(State.absent, 0, false), gaveAway)).isInstanceOf(StepPlan.Refused.class);
        assertThat(kinds(boot(4, seen(State.absent, 0, false), gaveAway))).contains("Start");
    }

    @Test
    void aLinodeThatIsBeingMovedIsLeftAlone() {
        Domain moving = seen(State.running, 2, true);
        assertThat(boot(2, moving, NOTHING)).isInstanceOf(StepPlan.Refused.class);
        assertThat(plan(new HostCommand.ShutdownLinode(BY, ONE, 2, 10), moving, NOTHING))
                .isInstanceOf(StepPlan.Refused.class);
        assertThat(plan(new HostCommand.RebootLinode(BY, ONE, 2, World.spec(1, 2), 10), moving, NOTHING))
                .isInstanceOf(StepPlan.Refused.class);
        assertThat(kinds(plan(new HostCommand.AttachDevice(BY, ONE, 2, device()), moving, NOTHING)))
                .containsExactly("Tell");
    }

    @Test
    void locksAreGivenUpOnlyAfterTheGuestHasStopped() {
        assertThat(kinds(plan(new HostCommand.ShutdownLinode(BY, ONE, 2, 10), seen(State.running, 2, false), NOTHING)))
                .containsExactly("Shutdown", "ReleaseAllLocks", "Tell");
        assertThat(kinds(plan(new HostCommand.DetachDevice(BY, ONE, 2, device()), withDevice(), NOTHING)))
                .containsExactly("Detach", "ReleaseLocks", "Tell");
    }

    @Test
    void aReceivedCopyIsResumedOnlyAfterItsLocksWereTaken() {
        HostCommand order = new HostCommand.ResumeLinode(BY, MOVE, ONE, 2);
        assertThat(kinds(plan(order, paused(2), NOTHING))).containsExactly("TakeLocks", "Resume");
        assertThat(kinds(plan(order, seen(State.absent, 0, false), NOTHING))).containsExactly("Describe");
        Domain incomplete = domain(new DomainSeen(ONE, State.paused, true, 2, 1, Optional.of(MOVE)), List.of());
        assertThat(kinds(plan(order, incomplete, NOTHING))).containsExactly("Describe");
    }

    @Test
    void aCopyOfAnotherMigrationIsNeverResumed() {
        HostCommand order = new HostCommand.ResumeLinode(BY, new MigrationId(8), ONE, 2);
        assertThat(kinds(plan(order, paused(2), NOTHING))).containsExactly("Describe");
    }

    @Test
    void aSendThatMayHaveBeenMadeIsNeverMadeAgain() {
        HostCommand order = new HostCommand.SendLinode(BY, MOVE, ONE, 1, 2, HostId.of("h2"), "sim://h2", 0);
        Domain running = seen(State.running, 1, false);
        assertThat(kinds(plan(order, running, NOTHING))).containsExactly("Send");
        assertThat(kinds(plan(order, running, NOTHING.sending(MOVE)))).containsExactly("Describe");
        LinodeMemory failed = NOTHING.after(
                new HostReport.SendFailed(BY, MOVE, ONE, running.seen(), "End of file while reading data"));
        assertThat(kinds(plan(order, running, failed))).containsExactly("Tell");
    }

    @Test
    void theTargetIsCleanedBeforeItAwaitsACopy() {
        HostCommand order = new HostCommand.PrepareIncoming(BY, new MigrationId(8), ONE, 4, World.spec(1, 1));
        assertThat(kinds(plan(order, paused(2), NOTHING))).containsExactly("Destroy", "AwaitIncoming");
        assertThat(kinds(plan(order, seen(State.absent, 0, false), NOTHING))).containsExactly("AwaitIncoming");
    }

    @Test
    void whatWasConnectedForACopyIsLetGoWithIt() {
        HostCommand connect = new HostCommand.ConnectDevices(BY, MOVE, ONE, List.of(device()));
        HostCommand cancel = new HostCommand.CancelIncoming(BY, MOVE, ONE, 2);
        LinodeMemory connected = NOTHING.connecting(MOVE, List.of(device()));
        assertThat(kinds(plan(connect, seen(State.absent, 0, false), NOTHING))).containsExactly("ConnectCopy", "Tell");
        assertThat(plan(cancel, seen(State.absent, 0, false), connected))
                .isEqualTo(StepPlan.of(
                        new Step.CancelIncoming(MOVE, ONE),
                        new Step.Disconnect(List.of(device())),
                        new Step.Tell(new HostReport.IncomingCancelled(BY, MOVE, ONE))));
        assertThat(connected
                        .after(new HostReport.IncomingReady(BY, MOVE, ONE, "uri"))
                        .connectedFor(MOVE))
                .containsExactly(device());
        assertThat(connected.after(new HostReport.IncomingCancelled(BY, MOVE, ONE)))
                .isEqualTo(NOTHING);
        assertThat(connected
                        .after(new HostReport.LinodeResumed(BY, MOVE, ONE, 2, 1))
                        .connectedFor(MOVE))
                .isEmpty();
    }

    @Test
    void whatWasConnectedForTheNextMoveStaysWhenTheLastOneIsCalledOff() {
        MigrationId next = new MigrationId(8);
        LinodeMemory connected = NOTHING.connecting(next, List.of(device()));
        HostCommand cancel = new HostCommand.CancelIncoming(BY, MOVE, ONE, 2);
        assertThat(plan(cancel, seen(State.absent, 0, false), connected))
                .isEqualTo(StepPlan.of(
                        new Step.CancelIncoming(MOVE, ONE),
                        new Step.Disconnect(List.of()),
                        new Step.Tell(new HostReport.IncomingCancelled(BY, MOVE, ONE))));
        assertThat(connected
                        .after(new HostReport.IncomingCancelled(BY, MOVE, ONE))
                        .connectedFor(next))
                .containsExactly(device());
    }

    @Test
    void aTargetThatRunsTheLinodeTakesNoCopyOfIt() {
        HostCommand order = new HostCommand.PrepareIncoming(BY, MOVE, ONE, 2, World.spec(1, 1));
        StepPlan plan = plan(order, seen(State.running, 2, false), NOTHING);
        assertThat(plan).isInstanceOfSatisfying(StepPlan.Steps.class, it -> assertThat(it.steps())
                .singleElement()
                .isInstanceOfSatisfying(Step.Tell.class, tell -> assertThat(tell.fact())
                        .isInstanceOf(HostReport.IncomingRefused.class)));
    }

    @Test
    void aSuspendedSourceIsWokenUnderItsOwnLocks() {
        HostCommand order = new HostCommand.EnsureRunning(BY, MOVE, ONE, 2);
        assertThat(kinds(plan(order, seen(State.suspended, 2, false), NOTHING)))
                .containsExactly("TakeLocks", "Wake", "Describe");
        assertThat(kinds(plan(order, seen(State.running, 2, false), NOTHING))).containsExactly("Describe");
        assertThat(kinds(plan(order, seen(State.suspended, 2, true), NOTHING))).containsExactly("Describe");
    }

    @Test
    void whatWasRefusedIsSaidTruly() {
        HostCommand boot = new HostCommand.BootLinode(BY, ONE, 2, World.spec(1, 1));
        assertThat(Refusals.fact(boot, BY, seen(State.absent, 0, false).seen(), "no memory"))
                .isInstanceOf(HostReport.LinodeBootFailed.class);
        assertThat(Refusals.fact(boot, BY, seen(State.running, 2, false).seen(), "no memory"))
                .isInstanceOf(HostReport.CommandRefused.class);
        assertThat(Refusals.undo(boot, seen(State.absent, 0, false).seen())).hasSize(1);
        assertThat(Refusals.undo(boot, seen(State.running, 2, false).seen())).isEmpty();
    }

    private static StepPlan boot(long epoch, Domain domain, LinodeMemory memory) {
        return plan(new HostCommand.BootLinode(BY, ONE, epoch, World.spec(1, 1)), domain, memory);
    }

    private static StepPlan plan(HostCommand command, Domain domain, LinodeMemory memory) {
        return StepPlanner.plan(command, "command-1", new Observed(BY, domain, memory));
    }

    private static List<String> kinds(StepPlan plan) {
        return ((StepPlan.Steps) plan)
                .steps().stream().map(each -> each.getClass().getSimpleName()).toList();
    }

    private static Domain seen(State state, long epoch, boolean job) {
        return domain(new DomainSeen(ONE, state, job, epoch, 1, Optional.empty()), List.of());
    }

    private static Domain paused(long epoch) {
        return domain(new DomainSeen(ONE, State.paused, false, epoch, 1, Optional.of(MOVE)), List.of());
    }

    private static Domain withDevice() {
        return domain(new DomainSeen(ONE, State.running, false, 2, 1, Optional.empty()), List.of(device()));
    }

    private static BlockDevice device() {
        return new BlockDevice("sdb", BlockDevice.Kind.volume, 9, World.POOL, 1_024);
    }

    private static Domain domain(DomainSeen seen, List<BlockDevice> devices) {
        return new Domain(seen, false, Optional.empty(), Optional.empty(), devices, 1_024, 0);
    }
}

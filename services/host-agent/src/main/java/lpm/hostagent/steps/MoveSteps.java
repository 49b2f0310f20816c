package lpm.hostagent.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostCommand.CancelSend;
import lpm.contracts.host.HostCommand.EnsureRunning;
import lpm.contracts.host.HostCommand.PrepareIncoming;
import lpm.contracts.host.HostCommand.ResumeLinode;
import lpm.contracts.host.HostCommand.SendLinode;
import lpm.contracts.host.HostReport;
import lpm.hostagent.journal.LinodeMemory.Settled;

/**
 * Steps of a live migration. Two rules keep two copies from running: a received copy is resumed only by the order that
 * follows the commit, after its disk locks were taken at the new epoch; and a send is made once, whatever comes of it.
 */
final class MoveSteps {
    private MoveSteps() {}

    static StepPlan plan(HostCommand command, Observed here) {
        if (command instanceof HostCommand.ConnectDevices order) {
            return StepPlan.of(
                    new Step.ConnectCopy(order.migration(), order.linode(), order.devices()),
                    new Step.Tell(new HostReport.DevicesConnected(here.by(), order.migration(), order.linode())));
        }
        if (command instanceof PrepareIncoming order) {
            return prepare(order, here);
        }
        if (command instanceof SendLinode order) {
            return send(order, here);
        }
        if (command instanceof ResumeLinode order) {
            return resume(order, here);
        }
        if (command instanceof HostCommand.CancelIncoming order) {
            return cancelIncoming(order, here);
        }
        if (command instanceof CancelSend order) {
            return cancelSend(order, here);
        }
        if (command instanceof EnsureRunning order) {
            return wake(order, here);
        }
        if (command instanceof HostCommand.DescribeLinode order) {
            return StepPlan.of(new Step.Describe(order.linode(), order.migration()));
        }
        return StepPlan.refuse("not about a move: " + command.getClass().getSimpleName());
    }

    private static StepPlan prepare(PrepareIncoming order, Observed here) {
        boolean live = here.is(State.running) || here.is(State.suspended);
        if (live && here.ownerEpoch() >= order.nextEpoch()) {
            return refuseIncoming(order, here, "Linode runs here already");
        }
        if (live
                && here.ownerEpoch() >= here.memory().ownerEpoch()
                && here.memory().runs()) {
            return refuseIncoming(order, here, "Linode runs here under owner epoch " + here.ownerEpoch());
        }
        List<Step> steps = new ArrayList<>();
        if (!here.is(State.absent) && !isCopyOf(order.migration(), here)) {
            // Left-overs make the next migration fail at its very end, so they go first.
            steps.add(new Step.Destroy(order.linode()));
        }
        boolean underWay = isCopyOf(order.migration(), here);
        if (!underWay) {
            steps.add(new Step.AwaitIncoming(order.migration(), order.linode(), order.nextEpoch(), order.spec()));
        }
        return underWay ? describe(order.linode(), order.migration()) : StepPlan.of(steps);
    }

    private static StepPlan refuseIncoming(PrepareIncoming order, Observed here, String reason) {
        return StepPlan.of(
                new Step.Tell(new HostReport.IncomingRefused(here.by(), order.migration(), order.linode(), reason)));
    }

    private static StepPlan send(SendLinode order, Observed here) {
        Optional<StepPlan> before = settled(order.migration(), here);
        if (before.isPresent()) {
            return before.get();
        }
        if (here.memory().sending().equals(Optional.of(order.migration()))) {
            // The call was made before a crash: it goes on without us, and its outcome is found by looking.
            return describe(order.linode(), order.migration());
        }
        if (!here.is(State.running) || here.jobRunning() || here.ownerEpoch() != order.ownerEpoch()) {
            return failed(order.migration(), here, "Linode does not run here under owner epoch " + order.ownerEpoch());
        }
        return StepPlan.of(new Step.Send(
                order.migration(),
                order.linode(),
                order.ownerEpoch(),
                order.nextEpoch(),
                order.target(),
                order.targetUri(),
                order.maxPauseMillis()));
    }

    private static StepPlan resume(ResumeLinode order, Observed here) {
        if (here.is(State.running) && here.ownerEpoch() == order.ownerEpoch()) {
            return StepPlan.of(new Step.Tell(new HostReport.LinodeResumed(
                    here.by(),
                    order.migration(),
                    order.linode(),
                    order.ownerEpoch(),
                    here.domain().pausedMillis())));
        }
        if (!isCopyOf(order.migration(), here) || !here.is(State.paused) || here.jobRunning()) {
            return describe(order.linode(), order.migration());
        }
        // Locks first: should the source still hold a newer one, nothing is resumed. The copy has its devices open
        // already,
        // and its guest stands still until this is through: nothing else is done before.
        return StepPlan.of(
                new Step.TakeLocks(
                        order.linode(), order.ownerEpoch(), here.domain().devices()),
                new Step.Resume(order.migration(), order.linode(), order.ownerEpoch()));
    }

    private static StepPlan cancelIncoming(HostCommand.CancelIncoming order, Observed here) {
        Step told = new Step.Tell(new HostReport.IncomingCancelled(here.by(), order.migration(), order.linode()));
        boolean ranOn = isCopyOf(order.migration(), here) && here.is(State.running);
        if (ranOn) {
            return describe(order.linode(), order.migration());
        }
        // Devices that were connected for a copy that never came would keep their bytes in use here for ever.
        return StepPlan.of(
                new Step.CancelIncoming(order.migration(), order.linode()),
                new Step.Disconnect(here.memory().connectedFor(order.migration())),
                told);
    }

    private static StepPlan cancelSend(CancelSend order, Observed here) {
        Optional<StepPlan> before = settled(order.migration(), here);
        if (before.isPresent()) {
            return before.get();
        }
        if (here.memory().sending().equals(Optional.of(order.migration()))) {
            // The outcome of the call is told when it comes, cancelled or not.
            return StepPlan.of(new Step.CancelSend(order.migration(), order.linode()));
        }
        return here.is(State.running) && !here.jobRunning()
                ? failed(order.migration(), here, "nothing is being sent")
                : describe(order.linode(), order.migration());
    }

    private static StepPlan wake(EnsureRunning order, Observed here) {
        List<Step> steps = new ArrayList<>();
        if (here.is(State.suspended) && !here.jobRunning() && here.ownerEpoch() == order.ownerEpoch()) {
            // Taken again at the old epoch: fails if the target ever got the locks at the new one.
            steps.add(new Step.TakeLocks(
                    order.linode(), order.ownerEpoch(), here.domain().devices()));
            steps.add(new Step.Wake(order.migration(), order.linode()));
        }
        steps.add(new Step.Describe(order.linode(), Optional.of(order.migration())));
        return StepPlan.of(steps);
    }

    /** What came of a send stays told, however often its orders come. */
    private static Optional<StepPlan> settled(MigrationId migration, Observed here) {
        Optional<Settled> ended =
                here.memory().settled().filter(each -> each.migration().equals(migration));
        return ended.map(each -> {
            LinodeId linode = here.domain().seen().linode();
            if (each.released()) {
                return StepPlan.of(
                        new Step.Tell(new HostReport.SourceReleased(here.by(), migration, linode, each.pauseMillis())));
            }
            return here.isGone() || here.jobRunning()
                    ? describe(linode, migration)
                    : failed(migration, here, "the send has ended before");
        });
    }

    private static StepPlan failed(MigrationId migration, Observed here, String reason) {
        DomainSeen seen = here.domain().seen();
        return StepPlan.of(new Step.Tell(new HostReport.SendFailed(here.by(), migration, seen.linode(), seen, reason)));
    }

    private static StepPlan describe(LinodeId linode, MigrationId migration) {
        return StepPlan.of(new Step.Describe(linode, Optional.of(migration)));
    }

    private static boolean isCopyOf(MigrationId migration, Observed here) {
        return here.domain().seen().migration().equals(Optional.of(migration));
    }
}

package lpm.hostagent.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostCommand.AttachDevice;
import lpm.contracts.host.HostCommand.BootLinode;
import lpm.contracts.host.HostCommand.DetachDevice;
import lpm.contracts.host.HostCommand.RebootLinode;
import lpm.contracts.host.HostCommand.ShutdownLinode;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.LinodeStopObserved.Cause;

/**
 * Turns an order into steps, from what is here: pure, so that the list can be printed and tested. Epochs were checked
 * before. Every list ends in the fact it makes true, and an order whose work is already done is that fact alone.
 */
public final class StepPlanner {
    private static final String MOVING = "Linode is being moved";

    private StepPlanner() {}

    /** The steps for one order; {@code commandId} is kept with a domain that it starts. */
    public static StepPlan plan(HostCommand command, String commandId, Observed here) {
        return switch (command) {
            case BootLinode order -> boot(order, commandId, here);
            case ShutdownLinode order -> shutdown(order, here);
            case RebootLinode order -> reboot(order, commandId, here);
            case HostCommand.DestroyLinode order -> destroy(order, here);
            case AttachDevice order -> attach(order, here);
            case DetachDevice order -> detach(order, here);
            case HostCommand.DeliverSecret order ->
                StepPlan.of(
                        new Step.KeepSecret(order.secretRef(), order.sealed()),
                        new Step.Tell(new HostReport.SecretReceived(here.by(), order.linode(), order.secretRef())));
            case HostCommand.CreateDisk _,
                    HostCommand.CreateVolumeBytes _,
                    HostCommand.ResizeBytes _,
                    HostCommand.DeleteBytes _,
                    HostCommand.TakeLocks _,
                    HostCommand.RevokeLease _ -> ByteSteps.plan(command, here.by());
            case HostCommand.ConnectDevices _,
                    HostCommand.PrepareIncoming _,
                    HostCommand.SendLinode _,
                    HostCommand.ResumeLinode _,
                    HostCommand.CancelIncoming _,
                    HostCommand.CancelSend _,
                    HostCommand.EnsureRunning _,
                    HostCommand.DescribeLinode _ -> MoveSteps.plan(command, here);
            case HostCommand.ReportInventory _ -> StepPlan.of(new Step.Inventory());
            case HostCommand.AdoptEpoch _ -> StepPlan.refuse("a registration is no work on the host");
        };
    }

    private static StepPlan boot(BootLinode order, String commandId, Observed here) {
        if (isMoving(here)) {
            return StepPlan.refuse(MOVING);
        }
        if (order.ownerEpoch() <= here.memory().releasedEpoch()) {
            return StepPlan.refuse("owner epoch " + order.ownerEpoch() + " was given to another host");
        }
        if (here.is(State.running) && here.ownerEpoch() == order.ownerEpoch()) {
            long generation = here.domain().seen().generation();
            return StepPlan.of(new Step.Tell(
                    new HostReport.LinodeBootObserved(here.by(), order.linode(), order.ownerEpoch(), generation)));
        }
        List<Step> steps = new ArrayList<>();
        if (!here.isGone()) {
            // A left-over: the paused copy of a migration that came to nothing, or a copy of an older owner epoch.
            steps.add(new Step.Destroy(order.linode()));
        }
        start(steps, here, order.linode(), order.ownerEpoch(), commandId, order.spec());
        steps.add(new Step.Tell(new HostReport.LinodeBootObserved(
                here.by(), order.linode(), order.ownerEpoch(), order.spec().generation())));
        return StepPlan.of(steps);
    }

    /**
     * The locks come between reaching the disks and the first instruction of the guest: whoever holds them at this
     * epoch knows that nobody below it can write, and a host that cannot get them has started nothing. A domain
     * that has ended goes first: while it is taken apart, it would take the disks along that are connected next.
     */
    private static void start(
            List<Step> steps,
            Observed here,
            lpm.contracts.LinodeId linode,
            long ownerEpoch,
            String commandId,
            BootSpec spec) {
        if (here.is(State.off)) {
            steps.add(new Step.Destroy(linode));
        }
        steps.add(new Step.Connect(spec.devices()));
        steps.add(new Step.TakeLocks(linode, ownerEpoch, spec.devices()));
        steps.add(new Step.Start(linode, ownerEpoch, commandId, spec));
    }

    private static StepPlan shutdown(ShutdownLinode order, Observed here) {
        if (isMoving(here)) {
            return StepPlan.refuse(MOVING);
        }
        Step told = new Step.Tell(
                new HostReport.LinodeStopObserved(here.by(), order.linode(), order.ownerEpoch(), Cause.requested));
        // The locks go last: until the guest has stopped it may still write.
        Step unlock = new Step.ReleaseAllLocks(order.linode(), order.ownerEpoch());
        return here.isGone()
                ? StepPlan.of(unlock, told)
                : StepPlan.of(new Step.Shutdown(order.linode(), millis(order.graceSeconds())), unlock, told);
    }

    private static StepPlan reboot(RebootLinode order, String commandId, Observed here) {
        if (isMoving(here)) {
            return StepPlan.refuse(MOVING);
        }
        if (order.ownerEpoch() <= here.memory().releasedEpoch()) {
            return StepPlan.refuse("owner epoch " + order.ownerEpoch() + " was given to another host");
        }
        Step told = new Step.Tell(new HostReport.LinodeRebootObserved(
                here.by(), order.linode(), order.ownerEpoch(), order.spec().generation()));
        boolean startedByThis =
                here.is(State.running) && here.domain().startedBy().equals(Optional.of(commandId));
        if (startedByThis) {
            return StepPlan.of(told);
        }
        List<Step> steps = new ArrayList<>();
        if (!here.isGone()) {
            steps.add(new Step.Shutdown(order.linode(), millis(order.graceSeconds())));
        }
        start(steps, here, order.linode(), order.ownerEpoch(), commandId, order.spec());
        steps.add(told);
        return StepPlan.of(steps);
    }

    private static StepPlan destroy(HostCommand.DestroyLinode order, Observed here) {
        return StepPlan.of(
                new Step.Destroy(order.linode()),
                new Step.ReleaseAllLocks(order.linode(), order.ownerEpoch()),
                new Step.Tell(new HostReport.LinodeDestroyed(here.by(), order.linode(), order.ownerEpoch())));
    }

    private static StepPlan attach(AttachDevice order, Observed here) {
        BlockDevice device = order.device();
        Step told = new Step.Tell(new HostReport.DeviceAttached(here.by(), order.linode(), order.ownerEpoch(), device));
        if (here.is(State.running) && isPlugged(device, here)) {
            return StepPlan.of(told);
        }
        if (!here.is(State.running) || here.jobRunning()) {
            String reason = here.jobRunning() ? MOVING : "Linode does not run here";
            return StepPlan.of(new Step.Tell(
                    new HostReport.DeviceRefused(here.by(), order.linode(), order.ownerEpoch(), device, reason)));
        }
        return StepPlan.of(
                new Step.Connect(List.of(device)),
                new Step.TakeLocks(order.linode(), order.ownerEpoch(), List.of(device)),
                new Step.Attach(order.linode(), device),
                told);
    }

    private static StepPlan detach(DetachDevice order, Observed here) {
        BlockDevice device = order.device();
        if (here.jobRunning()) {
            return StepPlan.of(new Step.Tell(
                    new HostReport.DeviceRefused(here.by(), order.linode(), order.ownerEpoch(), device, MOVING)));
        }
        List<Step> steps = new ArrayList<>();
        if (here.is(State.running) && isPlugged(device, here)) {
            steps.add(new Step.Detach(order.linode(), device));
        }
        steps.add(new Step.ReleaseLocks(order.linode(), order.ownerEpoch(), List.of(device)));
        steps.add(new Step.Tell(new HostReport.DeviceDetached(here.by(), order.linode(), order.ownerEpoch(), device)));
        return StepPlan.of(steps);
    }

    private static boolean isPlugged(BlockDevice device, Observed here) {
        return here.domain().devices().stream().anyMatch(each -> each.image().equals(device.image()));
    }

    /** A copy is under way, or what came of it is not settled: nothing else may touch the Linode. */
    private static boolean isMoving(Observed here) {
        return here.is(State.suspended) || (here.is(State.running) && here.jobRunning());
    }

    private static long millis(int seconds) {
        return seconds * 1000L;
    }
}

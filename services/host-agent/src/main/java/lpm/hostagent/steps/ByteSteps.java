package lpm.hostagent.steps;

import lpm.contracts.HostRef;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;

/** Steps on bytes, locks and leases at the pool: any host can do them, no domain is needed. */
final class ByteSteps {
    private ByteSteps() {}

    static StepPlan plan(HostCommand command, HostRef by) {
        if (command instanceof HostCommand.CreateDisk order) {
            // What could not be put into it is known when it is made; the step itself tells it.
            return StepPlan.of(new Step.CreateDisk(order.pool(), order.linode(), order.disk()));
        }
        if (command instanceof HostCommand.CreateVolumeBytes order) {
            return StepPlan.of(
                    new Step.CreateVolume(order.device(), order.cloneOf()),
                    new Step.Tell(new HostReport.VolumeBytesCreated(by, order.device())));
        }
        if (command instanceof HostCommand.ResizeBytes order) {
            return StepPlan.of(
                    new Step.Resize(order.device(), order.newSizeMib()),
                    new Step.Tell(new HostReport.BytesResized(by, order.device(), order.newSizeMib())));
        }
        if (command instanceof HostCommand.DeleteBytes order) {
            return StepPlan.of(
                    new Step.Delete(order.device()), new Step.Tell(new HostReport.BytesDeleted(by, order.device())));
        }
        if (command instanceof HostCommand.TakeLocks order) {
            return StepPlan.of(
                    new Step.TakeLocks(order.linode(), order.ownerEpoch(), order.devices()),
                    new Step.Tell(new HostReport.LocksTaken(by, order.linode(), order.ownerEpoch())));
        }
        if (command instanceof HostCommand.RevokeLease order) {
            // The answer depends on what the pool says; the step itself tells it.
            return StepPlan.of(new Step.Revoke(order.pool(), order.revoked(), order.minUnrenewedMillis()));
        }
        return StepPlan.refuse("not about bytes: " + command.getClass().getSimpleName());
    }
}

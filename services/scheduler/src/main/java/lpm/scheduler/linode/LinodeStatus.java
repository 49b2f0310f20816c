package lpm.scheduler.linode;

import lpm.contracts.DiskId;
import lpm.contracts.scheduler.DiskChange;
import lpm.scheduler.linode.LinodeJob.ChangingDisk;
import lpm.scheduler.linode.LinodeState.Deleted;
import lpm.scheduler.linode.LinodeState.Lost;
import lpm.scheduler.linode.LinodeState.Placed;
import lpm.scheduler.linode.LinodeState.Unknown;
import lpm.scheduler.linode.LinodeState.Unplaced;

/** The API's word for each phase. */
final class LinodeStatus {
    private LinodeStatus() {}

    static String of(LinodeState state) {
        return switch (state) {
            case Unknown _, Deleted _ -> "deleting";
            case Unplaced it -> it.refused().isPresent() ? "offline" : "provisioning";
            case Lost it -> it.startAgain() ? "booting" : "offline";
            case Placed it -> it.doomed() ? "deleting" : ofJob(it);
        };
    }

    private static String ofJob(Placed it) {
        return switch (it.job()) {
            case LinodeJob.Idle _, LinodeJob.Plugging _, ChangingDisk _ -> it.running() ? "running" : "offline";
            case LinodeJob.Provisioning _ -> "provisioning";
            case LinodeJob.Booting _ -> "booting";
            case LinodeJob.Stopping _ -> "shutting_down";
            case LinodeJob.Rebooting _ -> "rebooting";
            case LinodeJob.Resizing _ -> "resizing";
            case LinodeJob.Rebuilding _ -> "rebuilding";
            case LinodeJob.Moving _ -> "migrating";
            case LinodeJob.TakingOver job -> job.startAgain() ? "booting" : "offline";
            case LinodeJob.Destroying _, LinodeJob.Scrubbing _ -> "deleting";
        };
    }

    static String ofDisk(LinodeState state, DiskId disk, boolean there) {
        boolean goes = state instanceof Placed it
                && (it.doomed()
                        || (it.job() instanceof ChangingDisk job
                                && job.change() == DiskChange.delete
                                && job.disk().disk().equals(disk)));
        if (goes) {
            return "deleting";
        }
        return there ? "ready" : "not ready";
    }
}

package lpm.hostagent.steps;

import java.util.List;
import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.MessageTypes;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;

/** What is said, and undone first, when the steps of an order were refused: always a fact that is true. */
public final class Refusals {
    private Refusals() {}

    /** The fact; {@code seen} is what is there now. */
    public static HostReport fact(HostCommand command, HostRef by, DomainSeen seen, String reason) {
        return switch (command) {
            case HostCommand.BootLinode it
            when isGone(seen) ->
                new HostReport.LinodeBootFailed(
                        by, it.linode(), it.ownerEpoch(), it.spec().generation(), reason);
            case HostCommand.RebootLinode it
            when isGone(seen) ->
                new HostReport.LinodeBootFailed(
                        by, it.linode(), it.ownerEpoch(), it.spec().generation(), reason);
            case HostCommand.AttachDevice it ->
                new HostReport.DeviceRefused(by, it.linode(), it.ownerEpoch(), it.device(), reason);
            case HostCommand.DetachDevice it ->
                new HostReport.DeviceRefused(by, it.linode(), it.ownerEpoch(), it.device(), reason);
            case HostCommand.CreateDisk it ->
                new HostReport.DiskFailed(by, it.linode(), it.disk().disk(), reason);
            case HostCommand.CreateVolumeBytes it -> new HostReport.VolumeBytesFailed(by, it.device(), reason);
            case HostCommand.ResizeBytes it -> new HostReport.BytesResizeFailed(by, it.device(), reason);
            case HostCommand.ConnectDevices it ->
                new HostReport.DevicesRefused(by, it.migration(), it.linode(), reason);
            case HostCommand.PrepareIncoming it ->
                new HostReport.IncomingRefused(by, it.migration(), it.linode(), reason);
            case HostCommand.SendLinode it -> new HostReport.SendFailed(by, it.migration(), it.linode(), seen, reason);
            case HostCommand.ResumeLinode it -> described(by, it.migration(), seen);
            case HostCommand.EnsureRunning it -> described(by, it.migration(), seen);
            case HostCommand.CancelSend it -> described(by, it.migration(), seen);
            case HostCommand.BootLinode _,
                    HostCommand.RebootLinode _,
                    HostCommand.ShutdownLinode _,
                    HostCommand.DestroyLinode _,
                    HostCommand.DeliverSecret _,
                    HostCommand.DeleteBytes _,
                    HostCommand.TakeLocks _,
                    HostCommand.RevokeLease _,
                    HostCommand.CancelIncoming _,
                    HostCommand.DescribeLinode _,
                    HostCommand.ReportInventory _,
                    HostCommand.AdoptEpoch _ -> refused(command, by, reason);
        };
    }

    /** The order was not carried out at all. */
    public static HostReport refused(HostCommand command, HostRef by, String reason) {
        return new HostReport.CommandRefused(
                by, MessageTypes.nameOf(command.getClass()), command.aggregateId(), reason);
    }

    /** What must not be left behind by steps that were refused half way: locks that nobody would give up. */
    public static List<Step> undo(HostCommand command, DomainSeen seen) {
        return switch (command) {
            case HostCommand.BootLinode it
            when isGone(seen) -> List.of(new Step.ReleaseAllLocks(it.linode(), it.ownerEpoch()));
            case HostCommand.RebootLinode it
            when isGone(seen) -> List.of(new Step.ReleaseAllLocks(it.linode(), it.ownerEpoch()));
            case HostCommand.AttachDevice it ->
                List.of(new Step.ReleaseLocks(it.linode(), it.ownerEpoch(), List.of(it.device())));
            // Every other order takes no lock, or one that its Linode keeps.
            default -> List.of();
        };
    }

    private static HostReport described(HostRef by, lpm.contracts.MigrationId migration, DomainSeen seen) {
        return new HostReport.LinodeDescribed(by, Optional.of(migration), seen);
    }

    private static boolean isGone(DomainSeen seen) {
        return seen.state() == State.absent || seen.state() == State.off;
    }
}

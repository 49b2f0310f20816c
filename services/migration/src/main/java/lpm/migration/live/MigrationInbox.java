package lpm.migration.live;

import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.Event;
import lpm.contracts.host.HostReport.CommandRefused;
import lpm.contracts.host.HostReport.GuestPauseMeasured;
import lpm.contracts.host.HostReport.IncomingReady;
import lpm.contracts.host.HostReport.IncomingRefused;
import lpm.contracts.host.HostReport.InventoryReported;
import lpm.contracts.host.HostReport.LinodeBootFailed;
import lpm.contracts.host.HostReport.LinodeBootObserved;
import lpm.contracts.host.HostReport.LinodeDescribed;
import lpm.contracts.host.HostReport.LinodeReceived;
import lpm.contracts.host.HostReport.LinodeResumed;
import lpm.contracts.host.HostReport.LinodeStopObserved;
import lpm.contracts.host.HostReport.SendFailed;
import lpm.contracts.host.HostReport.SendStarted;
import lpm.contracts.host.HostReport.SourceReleased;
import lpm.contracts.migration.MigrationCommand.CancelMigration;
import lpm.contracts.migration.MigrationCommand.StartMigration;
import lpm.contracts.scheduler.HostEvent.HostFenced;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.contracts.storage.FenceEvent.FenceConfirmed;
import lpm.contracts.storage.MoveEvent.MovePrepared;
import lpm.contracts.storage.MoveEvent.MoveRefused;
import lpm.platform.Inbox;

/** Translates the scheduler's orders and the facts of storage and hosts into what attempts are told. */
final class MigrationInbox implements Inbox {
    @Override
    public List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case StartMigration order -> List.of(new AttemptCommand.Begin(terms(order)));
            case CancelMigration order -> List.of(new AttemptCommand.Cancel(order.migration(), order.reason()));
            case MovePrepared fact -> List.of(new AttemptCommand.NoteStorageReady(fact.migration()));
            case MoveRefused fact -> List.of(new AttemptCommand.NoteStorageRefused(fact.migration(), fact.reason()));
            case IncomingReady fact ->
                List.of(new AttemptCommand.NoteIncomingReady(fact.migration(), fact.by(), fact.uri()));
            case IncomingRefused fact ->
                List.of(new AttemptCommand.NoteIncomingRefused(fact.migration(), fact.by(), fact.reason()));
            case SendStarted fact ->
                List.of(new AttemptCommand.NoteSendStarted(
                        fact.migration(), fact.by(), fact.predictedPauseMillis(), fact.predictedTotalMillis()));
            case LinodeReceived fact -> List.of(new AttemptCommand.NoteReceived(fact.migration(), fact.by()));
            case SourceReleased fact ->
                List.of(new AttemptCommand.NoteReleased(fact.migration(), fact.by(), fact.hypervisorPauseMillis()));
            case SendFailed fact ->
                List.of(new AttemptCommand.NoteSendFailed(fact.migration(), fact.by(), fact.seen(), fact.reason()));
            case LinodeResumed fact ->
                List.of(new AttemptCommand.NoteResumed(
                        fact.migration(), fact.by(), fact.ownerEpoch(), fact.pausedMillis()));
            case GuestPauseMeasured fact ->
                List.of(new AttemptCommand.NoteGuestPause(
                        fact.migration(), fact.by(), fact.guestPauseMillis(), fact.probe()));
            case LinodeDescribed fact -> List.of(described(fact));
            case InventoryReported fact -> fact.complete() ? relate(fact) : List.of();
            case LinodeStopObserved fact -> relate(fact);
            case LinodeBootObserved fact -> relate(fact);
            case LinodeBootFailed fact -> relate(fact);
            case CommandRefused fact -> relate(fact);
            case HostRegistered fact -> relate(fact);
            case HostFenced fact -> relate(fact);
            case FenceConfirmed fact -> relate(fact);
            default -> List.of();
        };
    }

    /** A description that names a migration answers a question of that migration. */
    private static Command described(LinodeDescribed fact) {
        Optional<Command> answer =
                fact.migration().map(migration -> new AttemptCommand.NoteSeen(migration, fact.by(), fact.seen(), true));
        return answer.orElseGet(() -> new RelateFact(fact));
    }

    private static List<Command> relate(Event fact) {
        return List.of(new RelateFact(fact));
    }

    private static Terms terms(StartMigration order) {
        return new Terms(
                order.migration(),
                order.linode(),
                order.account(),
                order.mode(),
                order.source(),
                order.target(),
                order.ownerEpoch(),
                order.nextEpoch(),
                order.spec(),
                order.maxPauseMillis());
    }
}

package lpm.scheduler.host;

import java.util.List;
import lpm.contracts.Command;
import lpm.contracts.Envelope;
import lpm.contracts.host.HostReport;
import lpm.contracts.host.HostReport.HostAnnounced;
import lpm.contracts.host.HostReport.InventoryReported;
import lpm.contracts.storage.FenceEvent.FenceConfirmed;
import lpm.contracts.storage.FenceEvent.FenceRefused;
import lpm.platform.Inbox;
import lpm.scheduler.host.FleetHostCommand.NoteAnnounced;
import lpm.scheduler.host.FleetHostCommand.NoteFenceRefused;
import lpm.scheduler.host.FleetHostCommand.NoteFenced;
import lpm.scheduler.host.FleetHostCommand.NoteReported;

/**
 * What agents and storage say about hosts. Of stale reports only inventories are noted, one for each registration: to
 * note every report would touch the host's stream for each of them.
 */
public final class HostInbox implements Inbox {
    @Override
    public List<Command> translate(Envelope<?> message) {
        return switch (message.data()) {
            case HostAnnounced e when isOwn(message, e) -> List.of(new NoteAnnounced(e.by().host(), e));
            case InventoryReported e
            when isOwn(message, e) -> List.of(new NoteReported(e.by().host(), e.by().hostEpoch(), message.type()));
            case FenceConfirmed e -> List.of(new NoteFenced(e.fenced()));
            case FenceRefused e -> List.of(new NoteFenceRefused(e.fenced(), e.reason()));
            default -> List.of();
        };
    }

    /** A host speaks for itself only. */
    private static boolean isOwn(Envelope<?> message, HostReport report) {
        return message.aggregateId().startsWith("report:" + report.by().host() + "/");
    }
}

package lpm.hostagent.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lpm.contracts.BlockDevice;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen.State;
import lpm.contracts.host.HostReport;

/**
 * What the agent remembers of one Linode, also after nothing of it is here any more.
 *
 * @param ownerEpoch the highest under which it was run here; an older order does nothing
 * @param releasedEpoch the highest that was given away to another host; nothing starts under it again
 * @param runs whether it is meant to run here, so that its absence is news
 * @param sending the migration whose send is open (noted before the call)
 * @param incoming the migration whose copy is awaited
 * @param connected the devices that were connected for a copy: let go where that copy is called off
 * @param received whether that copy was seen complete
 * @param settled the last migration whose send has ended; no send is ever made twice
 */
public record LinodeMemory(
        LinodeId linode,
        long ownerEpoch,
        long releasedEpoch,
        boolean runs,
        Optional<MigrationId> sending,
        Optional<MigrationId> incoming,
        Optional<Connected> connected,
        boolean received,
        Optional<Settled> settled,
        Origin origin,
        Instant at) {
    public LinodeMemory {
        if (ownerEpoch < releasedEpoch) {
            throw new IllegalArgumentException(
                    "linode " + linode + " gave away " + releasedEpoch + " but had " + ownerEpoch);
        }
    }

    /** What was connected for the copy of a migration. */
    public record Connected(MigrationId migration, List<BlockDevice> devices) {
        public Connected {
            devices = List.copyOf(devices);
        }
    }

    /** A migration whose send has ended: whether it took the Linode away, and the pause. */
    public record Settled(MigrationId migration, boolean released, long pauseMillis) {}

    /** Nothing is known. */
    public static LinodeMemory none(LinodeId linode) {
        return new LinodeMemory(
                linode,
                0,
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Origin.ITSELF,
                Instant.EPOCH);
    }

    /** What is remembered after a fact about this Linode. */
    public LinodeMemory after(HostReport fact) {
        return switch (fact) {
            case HostReport.LinodeBootObserved it -> running(it.ownerEpoch());
            case HostReport.LinodeRebootObserved it -> running(it.ownerEpoch());
            case HostReport.LinodeResumed it -> running(it.ownerEpoch());
            case HostReport.LinodeBootFailed _, HostReport.LinodeStopObserved _, HostReport.LinodeDestroyed _ -> gone();
            case HostReport.SendStarted it -> sending(it.migration());
            case HostReport.SendFailed it -> sendFailed(it);
            case HostReport.SourceReleased it ->
                gaveAway(new Settled(it.migration(), true, it.hypervisorPauseMillis()));
            case HostReport.IncomingReady it -> awaiting(Optional.of(it.migration()), connected, false);
            case HostReport.LinodeReceived it -> awaiting(Optional.of(it.migration()), connected, true);
            case HostReport.IncomingCancelled it ->
                awaiting(Optional.empty(), connectedForOthers(it.migration()), false);
            // Facts about anything else change nothing that is remembered; there is nothing to forget for a new kind.
            default -> this;
        };
    }

    /** The devices that were connected for this migration; none if they are of another. */
    public List<BlockDevice> connectedFor(MigrationId migration) {
        return connected
                .filter(each -> each.migration().equals(migration))
                .map(Connected::devices)
                .orElse(List.of());
    }

    private Optional<Connected> connectedForOthers(MigrationId migration) {
        return connected.filter(each -> !each.migration().equals(migration));
    }

    /** A send is about to begin. */
    public LinodeMemory sending(MigrationId migration) {
        return with(ownerEpoch, releasedEpoch, runs, Optional.of(migration), incoming, connected, received, settled);
    }

    /** Devices are about to be connected for a copy. */
    public LinodeMemory connecting(MigrationId migration, List<BlockDevice> devices) {
        return awaiting(incoming, Optional.of(new Connected(migration, devices)), received);
    }

    /** The Linode is not here and a send was open: nothing may start again under the epoch that was sent. */
    public LinodeMemory perhapsReleased(MigrationId migration) {
        return gaveAway(new Settled(migration, false, 0));
    }

    /** Everything that lived on the host is gone; what must never run again is still remembered. */
    public LinodeMemory gone() {
        return with(
                ownerEpoch, releasedEpoch, false, Optional.empty(), Optional.empty(), Optional.empty(), false, settled);
    }

    /** The same, from this order at this time. */
    public LinodeMemory from(Origin other, Instant now) {
        Origin kept = other.commandId() == null ? origin : other;
        return new LinodeMemory(
                linode, ownerEpoch, releasedEpoch, runs, sending, incoming, connected, received, settled, kept, now);
    }

    /** Whether nothing of it is here or under way. */
    public boolean isTombstone() {
        return !runs && sending.isEmpty() && incoming.isEmpty() && connected.isEmpty();
    }

    private LinodeMemory running(long epoch) {
        return with(
                Math.max(epoch, ownerEpoch),
                releasedEpoch,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                settled);
    }

    private LinodeMemory sendFailed(HostReport.SendFailed fact) {
        Settled ended = new Settled(fact.migration(), false, 0);
        return fact.seen().state() == State.absent
                ? gaveAway(ended)
                : with(
                        ownerEpoch,
                        releasedEpoch,
                        runs,
                        Optional.empty(),
                        incoming,
                        connected,
                        received,
                        Optional.of(ended));
    }

    private LinodeMemory gaveAway(Settled by) {
        return with(ownerEpoch, ownerEpoch, false, Optional.empty(), incoming, connected, received, Optional.of(by));
    }

    private LinodeMemory awaiting(Optional<MigrationId> migration, Optional<Connected> devices, boolean complete) {
        return with(ownerEpoch, releasedEpoch, runs, sending, migration, devices, complete, settled);
    }

    private LinodeMemory with(
            long owner,
            long gaveAway,
            boolean meantToRun,
            Optional<MigrationId> open,
            Optional<MigrationId> awaited,
            Optional<Connected> devices,
            boolean complete,
            Optional<Settled> ended) {
        return new LinodeMemory(
                linode, owner, gaveAway, meantToRun, open, awaited, devices, complete, ended, origin, at);
    }
}

package lpm.scheduler.host;

import lpm.contracts.AccountId;
import lpm.contracts.Command;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.host.HostReport.HostAnnounced;

/** Orders to a host's aggregate in this service; the orders to its agent are {@code lpm.contracts.host.HostCommand}. */
public sealed interface FleetHostCommand extends Command {
    HostId host();

    @Override
    default String aggregateId() {
        return host().aggregateId();
    }

    // --- registration -------------------------------------------------------------------------------------------

    /** An operator makes it known, after its topics exist. */
    record EnrolHost(HostId host, Region region, String rack, String hostUuid) implements FleetHostCommand {}

    /** It stands in another rack. */
    record UpdateHost(HostId host, String rack) implements FleetHostCommand {}

    /** Its agent asks for an epoch. */
    record NoteAnnounced(HostId host, HostAnnounced announced) implements FleetHostCommand {}

    /** Its agent reported something under this epoch. */
    record NoteReported(HostId host, long reportedEpoch, String reportType) implements FleetHostCommand {}

    // --- capacity -----------------------------------------------------------------------------------------------

    /** Hold this for the Linode, if the host is still in that registration, takes new Linodes and has the room. */
    record ReserveCapacity(HostRef at, LinodeId linode, AccountId account, Resources resources)
            implements FleetHostCommand {
        @Override
        public HostId host() {
            return at.host();
        }
    }

    /** Hold {@code to} instead of {@code from}; growing needs the room. */
    record ResizeCapacity(HostId host, LinodeId linode, Resources from, Resources to) implements FleetHostCommand {}

    /** Hold nothing for the Linode any more. */
    record ReleaseCapacity(HostId host, LinodeId linode) implements FleetHostCommand {}

    // --- who may get new Linodes --------------------------------------------------------------------------------

    /** No new Linodes. */
    record CordonHost(HostId host, String reason) implements FleetHostCommand {}

    /** New Linodes again; also ends a drain's mark. */
    record UncordonHost(HostId host) implements FleetHostCommand {}

    /** It is being emptied by this drain. */
    record MarkDraining(HostId host, long drain, int maxParallel) implements FleetHostCommand {}

    /** The drain found it empty. */
    record MarkDrained(HostId host, long drain) implements FleetHostCommand {}

    // --- silence and fencing ------------------------------------------------------------------------------------

    /** Nothing was heard of this registration for so long. */
    record NoteSilent(HostId host, long hostEpoch, long silentMillis) implements FleetHostCommand {}

    /** This registration is heard again. */
    record NoteHeard(HostId host, long hostEpoch) implements FleetHostCommand {}

    /** Shut it out: it stays silent, or ({@code declaredDead}) an operator says that it is dead. */
    record RequestFence(HostId host, long hostEpoch, boolean declaredDead, String because)
            implements FleetHostCommand {}

    /** Its lease is fresh: storage changed nothing. */
    record NoteFenceRefused(HostRef fenced, String reason) implements FleetHostCommand {
        @Override
        public HostId host() {
            return fenced.host();
        }
    }

    /** Storage has shut it out. */
    record NoteFenced(HostRef fenced) implements FleetHostCommand {
        @Override
        public HostId host() {
            return fenced.host();
        }
    }
}

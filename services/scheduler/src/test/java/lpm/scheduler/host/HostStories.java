package lpm.scheduler.host;

import java.util.ArrayList;
import java.util.List;
import lpm.contracts.AccountId;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.Region;
import lpm.contracts.Resources;
import lpm.contracts.host.HostReport.HostAnnounced;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.HostEvent.CapacityReserved;
import lpm.contracts.scheduler.HostEvent.HostEnrolled;
import lpm.contracts.scheduler.HostEvent.HostRegistered;
import lpm.platform.DeciderSpec;
import lpm.scheduler.host.FleetHostCommand.NoteAnnounced;

/** The words of the host tests. */
final class HostStories {
    static final HostId H1 = new HostId("h1");
    static final Region REGION = new Region("us-east");
    static final AccountId ACCOUNT = new AccountId(7);
    static final LinodeId ONE = new LinodeId(1);
    static final LinodeId TWO = new LinodeId(2);
    static final Resources CAPACITY = new Resources(1, HostRoom.DOM0_RESERVE_MIB + 4096);
    static final Resources ALL = new Resources(8, 4096);
    static final Resources HALF = new Resources(4, 2048);
    static final HostEnrolled ENROLLED = new HostEnrolled(H1, REGION, "r1", "uuid-1");
    static final HostRegistered FIRST = registered(1, "boot-1", "key-a");

    private HostStories() {}

    static DeciderSpec<FleetHostCommand, HostState, HostEvent> spec() {
        return DeciderSpec.of(new HostDecider());
    }

    static HostRef ref(long epoch) {
        return new HostRef(H1, epoch);
    }

    static CapacityReserved held(LinodeId linode, Resources resources) {
        return new CapacityReserved(H1, linode, ACCOUNT, resources);
    }

    static NoteAnnounced announced(long knownEpoch, String incarnation, String key) {
        List<PoolId> pools = new ArrayList<>(List.of(new PoolId("pool-1")));
        return new NoteAnnounced(
                H1,
                new HostAnnounced(
                        ref(knownEpoch), incarnation, REGION, CAPACITY, pools, "xen", "epyc", "xen://h1", key));
    }

    static HostRegistered registered(long epoch, String incarnation, String key, LinodeId... heldBefore) {
        return new HostRegistered(
                H1,
                epoch,
                incarnation,
                REGION,
                CAPACITY,
                List.of(new PoolId("pool-1")),
                "xen",
                "epyc",
                "xen://h1",
                key,
                List.of(heldBefore));
    }
}

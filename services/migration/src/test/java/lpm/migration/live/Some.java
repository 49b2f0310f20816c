package lpm.migration.live;

import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.BlockDevice;
import lpm.contracts.BootSpec;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;
import lpm.contracts.PoolId;
import lpm.contracts.Resources;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.migration.MigrationEvent.HandoverCommitted;
import lpm.contracts.migration.MigrationEvent.HandoverOpened;
import lpm.contracts.migration.MigrationEvent.IncompleteCopyGivenUp;
import lpm.contracts.migration.MigrationEvent.MigrationAborted;
import lpm.contracts.migration.MigrationEvent.MigrationCancelRequested;
import lpm.contracts.migration.MigrationEvent.MigrationCompleted;
import lpm.contracts.migration.MigrationEvent.MigrationLost;
import lpm.contracts.migration.MigrationEvent.MigrationStarted;
import lpm.contracts.migration.MigrationEvent.MigrationUnknown;
import lpm.contracts.migration.MigrationEvent.TargetReceived;
import lpm.contracts.migration.MigrationEvent.TargetStorageReady;

/** One migration of one Linode from a to b, for tests. */
final class Some {
    static final MigrationId ID = MigrationId.of(5);
    static final LinodeId LINODE = LinodeId.of(7);
    static final HostRef A = new HostRef(HostId.of("a"), 1);
    static final HostRef A2 = new HostRef(HostId.of("a"), 2);
    static final HostRef B = new HostRef(HostId.of("b"), 4);
    static final HostRef B_OLD = new HostRef(HostId.of("b"), 3);
    static final HostRef B2 = new HostRef(HostId.of("b"), 5);
    static final long N = 10;
    static final long NEXT = 11;
    static final String URI = "xen+tcp://b";
    static final BootSpec SPEC = new BootSpec(
            1,
            "web",
            new Resources(1, 1024),
            "linode/grub2",
            "/dev/sda",
            List.of(new BlockDevice("sda", BlockDevice.Kind.disk, 3, PoolId.of("rbd1"), 25600)),
            List.of());
    static final Terms LIVE = terms(Mode.live);
    static final Terms COLD = terms(Mode.cold);

    private Some() {}

    private static Terms terms(Mode mode) {
        return new Terms(ID, LINODE, AccountId.of(1), mode, A, B, N, NEXT, SPEC, 5000);
    }

    static MigrationEvent started(Terms t) {
        return new MigrationStarted(
                t.migration(), t.linode(), t.account(), t.mode(), t.source(), t.target(), N, NEXT, SPEC, 5000);
    }

    static MigrationEvent storageReady() {
        return new TargetStorageReady(ID, LINODE, B, NEXT, SPEC);
    }

    static MigrationEvent opened(Terms t) {
        return new HandoverOpened(ID, LINODE, t.mode(), A, B, N, NEXT, t.cold() ? "" : URI, 5000);
    }

    static MigrationEvent received() {
        return new TargetReceived(ID, LINODE);
    }

    static MigrationEvent cancelRequested(String reason) {
        return new MigrationCancelRequested(ID, LINODE, A, N, reason);
    }

    static MigrationEvent asked(Terms t, HostRef source, HostRef target, String reason, int probe) {
        return new MigrationUnknown(
                ID, LINODE, t.mode(), source, target, N, NEXT, false, Optional.empty(), reason, probe);
    }

    static MigrationEvent askedTarget(Terms t, boolean boot, String reason, int probe) {
        return new MigrationUnknown(
                ID, LINODE, t.mode(), A, B, N, NEXT, true, boot ? Optional.of(SPEC) : Optional.empty(), reason, probe);
    }

    static MigrationEvent givenUp(String reason, int probe) {
        return new IncompleteCopyGivenUp(ID, LINODE, B, NEXT, reason, probe);
    }

    static MigrationEvent committed(Terms t, String because, Optional<Long> pause) {
        Optional<BootSpec> boot = t.cold() ? Optional.of(SPEC) : Optional.empty();
        return new HandoverCommitted(ID, LINODE, B, NEXT, boot, because, pause);
    }

    static MigrationEvent completed(Optional<Long> predicted, Optional<Long> hypervisor, Optional<Long> whole) {
        return new MigrationCompleted(ID, LINODE, A, B, NEXT, predicted, hypervisor, whole);
    }

    static MigrationEvent aborted(boolean opened, boolean suspended, boolean fenced, String reason) {
        return new MigrationAborted(ID, LINODE, A, B, N, NEXT, opened, suspended, fenced, reason);
    }

    static MigrationEvent lost(String reason) {
        return new MigrationLost(ID, LINODE, A, B, Optional.of(NEXT), reason);
    }

    static DomainSeen seen(DomainSeen.State state, boolean job) {
        return new DomainSeen(LINODE, state, job, N, 1, Optional.empty());
    }

    static DomainSeen seenAt(DomainSeen.State state, long epoch, boolean ofThis) {
        return new DomainSeen(LINODE, state, false, epoch, 1, ofThis ? Optional.of(ID) : Optional.empty());
    }

    static HostKnown fenced(HostRef ref) {
        return new HostKnown(ref.host(), 0, ref.hostEpoch());
    }

    static HostKnown registered(HostRef ref) {
        return new HostKnown(ref.host(), ref.hostEpoch(), 0);
    }

    static HostKnown calm(HostRef ref) {
        return registered(ref);
    }
}

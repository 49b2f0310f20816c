package lpm.verify;

import static lpm.verify.Breaks.of;
import static lpm.verify.GoodStory.ACCOUNT;
import static lpm.verify.GoodStory.H1;
import static lpm.verify.GoodStory.H2;
import static lpm.verify.GoodStory.H3;
import static lpm.verify.GoodStory.LINODE;
import static lpm.verify.GoodStory.MOVE;
import static lpm.verify.GoodStory.POOL;
import static lpm.verify.GoodStory.REGION;
import static lpm.verify.GoodStory.SIZE;

import java.util.List;
import java.util.Optional;
import lpm.contracts.BootSpec;
import lpm.contracts.HostRef;
import lpm.contracts.PoolId;
import lpm.contracts.host.DomainSeen;
import lpm.contracts.host.HostCommand;
import lpm.contracts.host.HostReport;
import lpm.contracts.migration.MigrationEvent;
import lpm.contracts.scheduler.HostEvent;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.storage.FenceEvent;
import lpm.verify.Breaks.Break;

/** Breaks of who may run a Linode, and who is believed about it. */
final class OwnerBreaks {
    private OwnerBreaks() {}

    static final List<Break> ALL = List.of(
            of(
                    "I12",
                    "an order under an epoch that was never issued",
                    told -> told.change(
                            told.first(HostCommand.BootLinode.class),
                            HostCommand.BootLinode.class,
                            it -> new HostCommand.BootLinode(it.at(), it.linode(), 8, it.spec()))),
            of(
                    "I12",
                    "an order to another host than the epoch's",
                    told -> told.change(
                            told.first(HostCommand.BootLinode.class),
                            HostCommand.BootLinode.class,
                            it -> new HostCommand.BootLinode(H3, it.linode(), it.ownerEpoch(), it.spec()))),
            of(
                    "I12",
                    "an order to a registration there never was",
                    told -> told.change(
                            told.first(HostCommand.BootLinode.class),
                            HostCommand.BootLinode.class,
                            it -> new HostCommand.BootLinode(
                                    new HostRef(H1.host(), 3), it.linode(), it.ownerEpoch(), it.spec()))),
            of(
                    "I12",
                    "a host runs it under another one's epoch",
                    told -> told.change(
                            told.first(HostReport.LinodeBootObserved.class),
                            HostReport.LinodeBootObserved.class,
                            it -> new HostReport.LinodeBootObserved(H2, LINODE, 1, 1))),
            of("I13", "a fenced host is believed", told -> {
                Draft late = told.report(
                        "h2",
                        new HostReport.LinodeStopObserved(H2, LINODE, 2, HostReport.LinodeStopObserved.Cause.guest));
                told.moveBefore(late, told.first(HostEvent.HostFenced.class));
                told.after(
                                told.first(HostEvent.HostFenced.class),
                                "linode:1",
                                new LinodeEvent.LinodeStopped(LINODE, false, "guest"))
                        .cause = late.id;
            }),
            of("I17", "a migration ends twice", told -> {
                Draft end = told.first(MigrationEvent.MigrationCompleted.class);
                told.after(end, end.data);
            }),
            of("I17", "a migration begins twice", told -> {
                Draft start = told.first(MigrationEvent.MigrationStarted.class);
                told.after(start, start.data);
            }),
            of(
                    "I17",
                    "moved by an abort",
                    told -> told.first(MigrationEvent.MigrationCompleted.class).data = aborted(false)),
            of("I18", "given up on a host that is not out", told -> {
                told.remove(told.first(HostEvent.HostFenced.class));
            }),
            of(
                    "I18",
                    "recovered in a move",
                    told -> told.moveBefore(
                            told.first(LinodeEvent.LinodeMoved.class),
                            told.first(LinodeEvent.LinodeRecoveryPlaced.class))),
            of(
                    "I18",
                    "fenced on nobody's word",
                    told -> told.first(HostEvent.HostFenced.class).cause =
                            told.first(HostEvent.HostSuspected.class).id),
            of(
                    "I23",
                    "booted after its end",
                    told -> told.after(
                            told.first(LinodeEvent.LinodeDeleted.class),
                            new LinodeEvent.LinodeBooted(LINODE, H3, 3, 2))),
            of(
                    "I23",
                    "moved while it is lost",
                    told -> told.after(
                            told.first(LinodeEvent.LinodeLost.class),
                            new LinodeEvent.LinodeReplaced(LINODE, H2, H3, 9, SIZE, "tests"))),
            of(
                    "I34",
                    "another network card",
                    told -> told.change(
                            told.last(LinodeEvent.LinodeBootRequested.class),
                            LinodeEvent.LinodeBootRequested.class,
                            it -> new LinodeEvent.LinodeBootRequested(
                                    it.linode(), it.at(), it.ownerEpoch(), cardless(), false))),
            of(
                    "epochs",
                    "an epoch issued twice",
                    told -> told.change(
                            told.first(LinodeEvent.LinodeLost.class),
                            LinodeEvent.LinodeLost.class,
                            it -> new LinodeEvent.LinodeLost(
                                    LINODE, ACCOUNT, REGION, H2, 2, SIZE, List.of(), true, "fenced"))),
            of(
                    "epochs",
                    "a move under another host's epoch",
                    told -> told.change(
                            told.first(LinodeEvent.LinodeMoveRequested.class),
                            LinodeEvent.LinodeMoveRequested.class,
                            it -> new LinodeEvent.LinodeMoveRequested(
                                    LINODE, ACCOUNT, MOVE, it.mode(), H3, H2, 1, 2, it.spec(), 1000, "tests"))),
            of(
                    "hand-over",
                    "committed on the target's word",
                    told -> told.first(MigrationEvent.HandoverCommitted.class).cause =
                            told.first(HostReport.LinodeReceived.class).id),
            of("hand-over", "committed while the source still runs it", told -> {
                Draft released = told.first(HostReport.SourceReleased.class);
                released.data = new HostReport.LinodeDescribed(H1, Optional.of(MOVE), seen(DomainSeen.State.running));
            }),
            of(
                    "hand-over",
                    "committed by a timer",
                    told -> told.first(MigrationEvent.HandoverCommitted.class).cause =
                            told.first(MigrationEvent.TargetReceived.class).id),
            of(
                    "hand-over",
                    "committed before it was opened",
                    told -> told.moveBefore(
                            told.first(MigrationEvent.HandoverCommitted.class),
                            told.first(MigrationEvent.HandoverOpened.class))),
            of(
                    "hand-over",
                    "completed without a commit",
                    told -> told.remove(told.first(MigrationEvent.HandoverCommitted.class))),
            of("hand-over", "aborted within the window by a timer", told -> {
                Draft committed = told.first(MigrationEvent.HandoverCommitted.class);
                committed.data = aborted(true);
                committed.cause = told.first(MigrationEvent.TargetReceived.class).id;
            }),
            of(
                    "hand-over",
                    "resumed before the commit",
                    told -> told.first(HostCommand.ResumeLinode.class).cause =
                            told.first(MigrationEvent.TargetReceived.class).id),
            of(
                    "hand-over",
                    "sent before the window",
                    told -> told.first(HostCommand.SendLinode.class).cause =
                            told.first(MigrationEvent.TargetStorageReady.class).id),
            of(
                    "fence",
                    "a pool still lets the host in",
                    told -> told.change(
                            told.first(FenceEvent.FenceRequested.class),
                            FenceEvent.FenceRequested.class,
                            it -> new FenceEvent.FenceRequested(
                                    H2, REGION, H1, List.of(POOL, PoolId.of("hdd")), 20_000))),
            of("fence", "confirmed before its domains had the time to stop", told -> {
                Draft pool = told.first(FenceEvent.PoolFenced.class);
                told.first(FenceEvent.FenceConfirmed.class).at = pool.at.plusSeconds(9);
            }),
            of(
                    "fence",
                    "revoked by the host itself",
                    told -> told.change(
                            told.first(HostReport.LeaseRevoked.class),
                            HostReport.LeaseRevoked.class,
                            it -> new HostReport.LeaseRevoked(H2, POOL, H2, 21_000))));

    static DomainSeen seen(DomainSeen.State state) {
        return new DomainSeen(LINODE, state, false, 1, 1, Optional.of(MOVE));
    }

    private static MigrationEvent.MigrationAborted aborted(boolean opened) {
        return new MigrationEvent.MigrationAborted(MOVE, LINODE, H1, H2, 1, 2, opened, false, false, "tests");
    }

    private static BootSpec cardless() {
        return new BootSpec(3, "web", SIZE, "linode/grub2", "/dev/sda", List.of(), List.of());
    }
}

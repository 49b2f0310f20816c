package lpm.contracts.migration;

import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.BootSpec;
import lpm.contracts.Event;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.MigrationId;

/**
 * One attempt to move one Linode; aggregate {@code migration:<id>}. Ends Completed, Aborted or Lost, exactly once; what
 * was measured of a completed one may follow.
 */
public sealed interface MigrationEvent extends Event {
    MigrationId migration();

    LinodeId linode();

    /** The attempt begins; storage prepares the target. */
    record MigrationStarted(
            MigrationId migration,
            LinodeId linode,
            AccountId account,
            MigrationCommand.Mode mode,
            HostRef source,
            HostRef target,
            long ownerEpoch,
            long nextEpoch,
            BootSpec spec,
            long maxPauseMillis)
            implements MigrationEvent {}

    /** The target reaches the disks; it is asked to take the Linode in. */
    record TargetStorageReady(MigrationId migration, LinodeId linode, HostRef target, long nextEpoch, BootSpec spec)
            implements MigrationEvent {}

    /**
     * Durable before the source may suspend (or, in a cold move, stop): from now on only the source's word or its fence
     * ends the attempt.
     */
    record HandoverOpened(
            MigrationId migration,
            LinodeId linode,
            MigrationCommand.Mode mode,
            HostRef source,
            HostRef target,
            long ownerEpoch,
            long nextEpoch,
            String targetUri,
            long maxPauseMillis)
            implements MigrationEvent {}

    /** The copy runs; the pause and the whole copy that the hypervisor's model predicts. */
    record CopyStarted(
            MigrationId migration, LinodeId linode, long predictedPauseMillis, Optional<Long> predictedTotalMillis)
            implements MigrationEvent {}

    /** The target holds a complete paused copy. Commits nothing. */
    record TargetReceived(MigrationId migration, LinodeId linode) implements MigrationEvent {}

    /**
     * Nobody knows who runs the Linode: the ends are asked what they see, and the order of the present step goes out
     * again where that is safe. Everything else waits.
     *
     * @param source the source under its newest known registration
     * @param target the target under its newest known registration
     * @param committed whether the point of no return is behind
     * @param boot what the target of a cold move is told (again) to boot, once committed
     * @param probe counted from 1 within the window, and from 1 again after the commit
     */
    record MigrationUnknown(
            MigrationId migration,
            LinodeId linode,
            MigrationCommand.Mode mode,
            HostRef source,
            HostRef target,
            long ownerEpoch,
            long nextEpoch,
            boolean committed,
            Optional<BootSpec> boot,
            String reason,
            int probe)
            implements MigrationEvent {}

    /**
     * The point of no return: the source's copy is gone (its own word, or its fence). The target may resume.
     *
     * @param boot what the target of a cold move boots; empty in a live one, where the paused copy is resumed
     * @param because what proved it: {@code source released}, {@code source absent} or {@code source fenced}
     */
    record HandoverCommitted(
            MigrationId migration,
            LinodeId linode,
            HostRef target,
            long nextEpoch,
            Optional<BootSpec> boot,
            String because,
            Optional<Long> hypervisorPauseMillis)
            implements MigrationEvent {}

    /**
     * After the commit the target's copy is still not whole, though nobody sends any more: it is to be destroyed
     * there. Lost only once the target shows that it is gone; should it have become whole meanwhile, it runs.
     *
     * @param probe goes on from the questions asked since the commit
     */
    record IncompleteCopyGivenUp(
            MigrationId migration, LinodeId linode, HostRef target, long nextEpoch, String reason, int probe)
            implements MigrationEvent {}

    /**
     * The Linode runs at the target. Pauses: predicted, the hypervisor's, and the whole one as the hosts saw it.
     */
    record MigrationCompleted(
            MigrationId migration,
            LinodeId linode,
            HostRef source,
            HostRef target,
            long ownerEpoch,
            Optional<Long> predictedPauseMillis,
            Optional<Long> hypervisorPauseMillis,
            Optional<Long> pausedMillis)
            implements MigrationEvent {}

    /**
     * How long the guest of a completed attempt did not answer, measured from outside; at most once, where it was
     * measured at all.
     *
     * @param probe what measured it, such as {@code ping}
     */
    record GuestPauseMeasured(MigrationId migration, LinodeId linode, long guestPauseMillis, String probe)
            implements MigrationEvent {}

    /** Cancelling was asked for while it was still possible. */
    record MigrationCancelRequested(
            MigrationId migration, LinodeId linode, HostRef source, long ownerEpoch, String reason)
            implements MigrationEvent {}

    /**
     * The Linode stays at the source.
     *
     * @param sourceSuspended the source must still be woken (EnsureRunning)
     * @param sourceFenced the source was fenced in the window: nothing runs there, recovery follows
     */
    record MigrationAborted(
            MigrationId migration,
            LinodeId linode,
            HostRef source,
            HostRef target,
            long ownerEpoch,
            long nextEpoch,
            boolean handoverOpened,
            boolean sourceSuspended,
            boolean sourceFenced,
            String reason)
            implements MigrationEvent {}

    /**
     * The Linode runs nowhere: released by the source, and the target is gone. Recovery follows.
     *
     * @param nextEpoch under which the target may still keep room for it; older events do not tell
     */
    record MigrationLost(
            MigrationId migration,
            LinodeId linode,
            HostRef source,
            HostRef target,
            Optional<Long> nextEpoch,
            String reason)
            implements MigrationEvent {}
}

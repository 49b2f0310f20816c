package lpm.migration.live;

import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.HostRef;
import lpm.contracts.MigrationId;
import lpm.contracts.host.DomainSeen;

/** What an attempt is told: orders of the scheduler, facts of others, due reminders. */
public sealed interface AttemptCommand extends Command {
    MigrationId migration();

    @Override
    default String aggregateId() {
        return migration().aggregateId();
    }

    /** Begin the attempt. */
    record Begin(Terms terms) implements AttemptCommand {
        @Override
        public MigrationId migration() {
            return terms.migration();
        }
    }

    /** Give up while that is still possible. */
    record Cancel(MigrationId migration, String reason) implements AttemptCommand {}

    /** Storage: the target reaches the disks. */
    record NoteStorageReady(MigrationId migration) implements AttemptCommand {}

    /** Storage: the target does not reach the disks. */
    record NoteStorageRefused(MigrationId migration, String reason) implements AttemptCommand {}

    /** The target waits for the Linode at this address. */
    record NoteIncomingReady(MigrationId migration, HostRef by, String uri) implements AttemptCommand {}

    /** The target cannot take the Linode. */
    record NoteIncomingRefused(MigrationId migration, HostRef by, String reason) implements AttemptCommand {}

    /** The source copies. */
    record NoteSendStarted(
            MigrationId migration, HostRef by, long predictedPauseMillis, Optional<Long> predictedTotalMillis)
            implements AttemptCommand {}

    /** The target holds a whole paused copy. */
    record NoteReceived(MigrationId migration, HostRef by) implements AttemptCommand {}

    /** The source's copy is destroyed after its call returned success. */
    record NoteReleased(MigrationId migration, HostRef by, long hypervisorPauseMillis) implements AttemptCommand {}

    /** The source's call failed; this was seen there afterwards. */
    record NoteSendFailed(MigrationId migration, HostRef by, DomainSeen seen, String reason)
            implements AttemptCommand {}

    /** The target runs the Linode at this owner epoch. */
    record NoteResumed(MigrationId migration, HostRef by, long ownerEpoch, long pausedMillis)
            implements AttemptCommand {}

    /** A probe at the target measured how long the guest did not answer. */
    record NoteGuestPause(MigrationId migration, HostRef by, long guestPauseMillis, String probe)
            implements AttemptCommand {}

    /**
     * A host showed what it has of the Linode.
     *
     * @param answered it answers a question of this very attempt; otherwise it may be older than the present step
     */
    record NoteSeen(MigrationId migration, HostRef by, DomainSeen seen, boolean answered) implements AttemptCommand {}

    /** The Linode stopped on a host. */
    record NoteStopped(MigrationId migration, HostRef by, long ownerEpoch) implements AttemptCommand {}

    /** The Linode was booted on a host. */
    record NoteBooted(MigrationId migration, HostRef by, long ownerEpoch) implements AttemptCommand {}

    /** The Linode could not be booted on a host, and does not run there. */
    record NoteBootFailed(MigrationId migration, HostRef by, long ownerEpoch, String reason)
            implements AttemptCommand {}

    /** An agent did not carry out an order about the Linode. */
    record NoteOrderRefused(MigrationId migration, HostRef by, String order, String reason) implements AttemptCommand {}

    /** A host was registered anew or fenced. */
    record NoteHost(MigrationId migration, HostKnown host) implements AttemptCommand {}

    /** A step has had its time. {@code probe} tells which question was the last one when the reminder was set. */
    record NoteSilence(MigrationId migration, Step step, int probe, HostKnown source, HostKnown target)
            implements AttemptCommand {}

    /** What a reminder waits for. */
    enum Step {
        /** storage prepares the target */
        preparing,
        /** the target prepares itself */
        inviting,
        /** the source's word within the window */
        window,
        /** the source's word, though the target has the whole copy already */
        received,
        /** the target runs it */
        committed
    }
}

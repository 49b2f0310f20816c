package lpm.scheduler.linode;

import java.util.List;
import java.util.Optional;
import lpm.contracts.DiskId;
import lpm.contracts.HostRef;
import lpm.contracts.MigrationId;
import lpm.contracts.scheduler.DiskChange;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeleted;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeletionRequested;
import lpm.platform.Decision;
import lpm.platform.Refusal;
import lpm.scheduler.linode.LinodeCommand.*;
import lpm.scheduler.linode.LinodeJob.ChangingDisk;
import lpm.scheduler.linode.LinodeJob.Destroying;
import lpm.scheduler.linode.LinodeJob.Moving;
import lpm.scheduler.linode.LinodeJob.Rebuilding;
import lpm.scheduler.linode.LinodeJob.Scrubbing;
import lpm.scheduler.linode.LinodeState.Deleted;
import lpm.scheduler.linode.LinodeState.Lost;
import lpm.scheduler.linode.LinodeState.Placed;
import lpm.scheduler.linode.LinodeState.Unknown;
import lpm.scheduler.linode.LinodeState.Unplaced;

/**
 * Deleting, in an order that leaves nothing behind: an open move ends, the host destroys what runs, volumes come off,
 * disks are scrubbed; only then capacity, addresses, label and quota are free.
 */
final class LinodeDeletion {
    private LinodeDeletion() {}

    static Decision<LinodeEvent> decide(LinodeCommand.Deletion command, LinodeState state) {
        return switch (command) {
            case Delete _ -> delete(state);
            case NoteDestroyed it ->
                state instanceof Placed at && LinodePower.believed(at, it.by(), it.ownerEpoch())
                        ? destroyed(at)
                        : Decision.accept();
        };
    }

    private static Decision<LinodeEvent> delete(LinodeState state) {
        return switch (state) {
            case Unknown _, Deleted _ -> Decision.reject(Refusal.notFound());
            case Unplaced it ->
                requested(it, it.body(), Optional.empty())
                        .tell(deleted(it.body(), Optional.empty()))
                        .end();
            case Lost it ->
                tearDown(
                                requested(it, it.body(), Optional.empty()),
                                it.body(),
                                it.lostAt(),
                                unfinished(it.interrupted()))
                        .end();
            case Placed it -> it.doomed() ? Decision.accept() : deletePlaced(it);
        };
    }

    private static Decision<LinodeEvent> deletePlaced(Placed it) {
        if (it.job() instanceof Moving job) {
            return requested(it, it.body(), Optional.of(job.migration())).end();
        }
        LinodeStory story = requested(it, it.body(), Optional.empty());
        return story.tell(LinodeOrders.destroy(story.placed())).end();
    }

    private static LinodeStory requested(LinodeState state, LinodeBody body, Optional<MigrationId> openMigration) {
        LinodeStory story =
                new LinodeStory(state).tell(new LinodeDeletionRequested(body.id(), body.account(), openMigration));
        return LinodeVolumes.refuseQueued(story, body, LinodeVolumes.BEING_DELETED);
    }

    /** The host has nothing of it any more. */
    static Decision<LinodeEvent> destroyed(Placed it) {
        return switch (it.job()) {
            case Destroying _ -> tearDown(new LinodeStory(it)).end();
            case Rebuilding job when !job.started() -> Decision.accept(LinodeOrders.rebuildStarted(it, job.request()));
            case LinodeJob _ -> Decision.accept();
        };
    }

    static LinodeStory tearDown(LinodeStory story) {
        Placed it = story.placed();
        List<DiskId> more = it.job() instanceof Destroying job ? job.unfinished() : unfinished(it.job());
        return tearDown(story, it.body(), it.at(), more);
    }

    private static LinodeStory tearDown(LinodeStory story, LinodeBody body, HostRef at, List<DiskId> more) {
        story.tell(LinodeOrders.tornDown(body, at, more));
        Placed it = story.placed();
        return it.job() instanceof Scrubbing job && job.disks().isEmpty() ? story.tell(gone(it)) : story;
    }

    /** Disks that only the interrupted job knows of. */
    static List<DiskId> unfinished(LinodeJob job) {
        return switch (job) {
            case Rebuilding it ->
                it.request().oldDisks().stream()
                        .map(each -> new DiskId(each.id()))
                        .toList();
            case ChangingDisk it
            when it.change() == DiskChange.add -> List.of(it.disk().disk());
            case LinodeJob.TakingOver it -> unfinished(it.interrupted());
            case LinodeJob _ -> List.of();
        };
    }

    static LinodeEvent gone(Placed it) {
        return deleted(it.body(), Optional.of(it.at()));
    }

    private static LinodeEvent deleted(LinodeBody body, Optional<HostRef> at) {
        return new LinodeDeleted(body.id(), body.account(), at, body.details().label(), body.ipv4());
    }
}

package lpm.scheduler.linode;

import java.util.List;
import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.VolumeId;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeDeviceRefused;
import lpm.contracts.scheduler.LinodeEvent.LinodeDisksReady;
import lpm.contracts.scheduler.LinodeEvent.LinodeHostGone;
import lpm.contracts.scheduler.LinodeEvent.LinodeLost;
import lpm.contracts.scheduler.LinodeEvent.LinodePlaced;
import lpm.contracts.scheduler.LinodeEvent.LinodePlacementFailed;
import lpm.contracts.scheduler.LinodeEvent.LinodeRecoveryPlaced;
import lpm.contracts.scheduler.LinodeEvent.LinodeResizeRefused;
import lpm.platform.Decision;
import lpm.scheduler.linode.LinodeCommand.*;
import lpm.scheduler.linode.LinodeJob.Booting;
import lpm.scheduler.linode.LinodeJob.ChangingDisk;
import lpm.scheduler.linode.LinodeJob.Destroying;
import lpm.scheduler.linode.LinodeJob.Idle;
import lpm.scheduler.linode.LinodeJob.Moving;
import lpm.scheduler.linode.LinodeJob.Plugging;
import lpm.scheduler.linode.LinodeJob.Provisioning;
import lpm.scheduler.linode.LinodeJob.Rebooting;
import lpm.scheduler.linode.LinodeJob.Rebuilding;
import lpm.scheduler.linode.LinodeJob.Resizing;
import lpm.scheduler.linode.LinodeJob.Scrubbing;
import lpm.scheduler.linode.LinodeJob.Stopping;
import lpm.scheduler.linode.LinodeJob.TakingOver;
import lpm.scheduler.linode.LinodeState.Deleted;
import lpm.scheduler.linode.LinodeState.Lost;
import lpm.scheduler.linode.LinodeState.Placed;
import lpm.scheduler.linode.LinodeState.Unknown;
import lpm.scheduler.linode.LinodeState.Unplaced;

/**
 * Which host it belongs to, first and after the loss of one. A host given twice is refused, so that the room reserved
 * in the same unit is not kept for nothing.
 */
final class LinodePlacing {
    static final String HAS_A_HOST = "The Linode has a host already.";

    private LinodePlacing() {}

    static Decision<LinodeEvent> decide(LinodeCommand.Placing command, LinodeState state) {
        return switch (command) {
            case AssignHost it -> assign(it, state);
            case AssignRecoveryHost it -> recover(it, state);
            case NotePlacementFailed it -> failed(it, state);
            case RetryPlacement it ->
                state instanceof Lost lost && lost.ownerEpoch() == it.ownerEpoch()
                        ? Decision.accept(lostAgain(lost))
                        : Decision.accept();
            case NoteHostLost it -> hostLost(it.lost(), it.fenced(), state);
            case NoteHostRegistered it ->
                hostLost(new HostRef(it.now().host(), it.now().hostEpoch() - 1), false, state);
            case NoteDisksTakenOver it ->
                state instanceof Placed at && at.job() instanceof TakingOver && at.ownerEpoch() == it.ownerEpoch()
                        ? resume(new LinodeStory(at)).end()
                        : Decision.accept();
        };
    }

    private static Decision<LinodeEvent> assign(AssignHost it, LinodeState state) {
        return switch (state) {
            case Unplaced unplaced -> {
                LinodeBody body = unplaced.body();
                LinodeStory story = new LinodeStory(state)
                        .tell(new LinodePlaced(
                                body.id(),
                                body.account(),
                                body.region(),
                                it.at(),
                                body.highestEpoch() + 1,
                                it.decision(),
                                body.disks()));
                yield (body.disks().isEmpty() ? story.tell(new LinodeDisksReady(body.id(), List.of())) : story).end();
            }
            case Placed placed when placed.at().equals(it.at()) -> Decision.accept();
            case Placed _, Lost _, Deleted _, Unknown _ -> Decision.reject(HAS_A_HOST);
        };
    }

    private static Decision<LinodeEvent> recover(AssignRecoveryHost it, LinodeState state) {
        return switch (state) {
            case Lost lost -> recovered(it, lost).end();
            case Placed placed
            when placed.at().equals(it.at()) && placed.job() instanceof TakingOver -> Decision.accept();
            case Placed _, Unplaced _, Deleted _, Unknown _ -> Decision.reject(HAS_A_HOST);
        };
    }

    private static LinodeStory recovered(AssignRecoveryHost it, Lost lost) {
        LinodeBody body = lost.body();
        LinodeStory story = new LinodeStory(lost)
                .tell(new LinodeRecoveryPlaced(
                        body.id(), lost.lostAt(), it.at(), lost.ownerEpoch(), body.devices(), it.decision()));
        if (lost.interrupted() instanceof Provisioning) {
            return story.tell(new LinodePlaced(
                    body.id(), body.account(), body.region(), it.at(), lost.ownerEpoch(), it.decision(), body.disks()));
        }
        return body.devices().isEmpty() ? resume(story) : story;
    }

    private static Decision<LinodeEvent> failed(NotePlacementFailed it, LinodeState state) {
        return switch (state) {
            case Unplaced unplaced when unplaced.refused().equals(Optional.of(it.reason())) -> Decision.accept();
            case Unplaced unplaced -> {
                LinodeStory story = new LinodeStory(unplaced)
                        .tell(new LinodePlacementFailed(
                                it.linode(), unplaced.body().account(), it.reason()));
                yield LinodeVolumes.refuseQueued(story, unplaced.body(), LinodeVolumes.NO_HOST)
                        .end();
            }
            case Lost lost ->
                Decision.accept(
                        new LinodePlacementFailed(it.linode(), lost.body().account(), it.reason()));
            case Placed _, Deleted _, Unknown _ -> Decision.accept();
        };
    }

    private static Decision<LinodeEvent> hostLost(HostRef lost, boolean fenced, LinodeState state) {
        if (!(state instanceof Placed it)) {
            return Decision.accept();
        }
        if (it.job() instanceof Moving job) {
            boolean concerned = covers(lost, it.at()) || covers(lost, job.target());
            return concerned && !job.gone().contains(lost)
                    ? Decision.accept(new LinodeHostGone(it.body().id(), lost, fenced))
                    : Decision.accept();
        }
        return covers(lost, it.at())
                ? lose(new LinodeStory(it), because(it.at(), fenced)).end()
                : Decision.accept();
    }

    /** Whether a lost registration of a host is, or comes after, the one named. */
    static boolean covers(HostRef lost, HostRef named) {
        return lost.host().equals(named.host()) && named.hostEpoch() <= lost.hostEpoch();
    }

    private static String because(HostRef at, boolean fenced) {
        return "host " + at.host() + (fenced ? " is fenced" : " was registered anew");
    }

    /** Its host is out: the running job is settled, and a new host is looked for under an epoch never issued before. */
    static LinodeStory lose(LinodeStory story, String because) {
        Placed it = story.placed();
        return switch (it.job()) {
            case Destroying _ -> LinodeDeletion.tearDown(story);
            case Scrubbing _ -> story;
            case Idle _ -> it.doomed() ? LinodeDeletion.tearDown(story) : lost(story, it.running(), because);
            case Booting _, Rebooting _ -> lost(story, true, because);
            case Stopping _, ChangingDisk _ -> lost(story, false, because);
            case Provisioning _ -> lost(story, it.body().startWanted(), because);
            case Rebuilding job -> lost(story, job.request().booted(), because);
            case TakingOver job -> lost(story, job.startAgain(), because);
            case Resizing job -> {
                story.tell(new LinodeResizeRefused(
                        it.body().id(),
                        it.at(),
                        job.request().from(),
                        job.request().to(),
                        because));
                yield lost(story, job.request().bootAfterwards(), because);
            }
            case Plugging job -> {
                story.tell(
                        job.attach()
                                ? new LinodeDeviceRefused(
                                        it.body().id(),
                                        new VolumeId(job.device().id()),
                                        true,
                                        because)
                                : LinodeOrders.plugged(it, job.device(), false));
                yield lost(story, it.running(), because);
            }
            case Moving _ -> story;
        };
    }

    static LinodeStory lost(LinodeStory story, boolean startAgain, String because) {
        Placed it = story.placed();
        return story.tell(lostEvent(it.body(), it.at(), startAgain, because));
    }

    private static LinodeEvent lostAgain(Lost it) {
        return lostEvent(it.body(), it.lostAt(), it.startAgain(), "no host had room");
    }

    private static LinodeEvent lostEvent(LinodeBody body, HostRef lostAt, boolean startAgain, String because) {
        return new LinodeLost(
                body.id(),
                body.account(),
                body.region(),
                lostAt,
                body.highestEpoch() + 1,
                body.sizing().resources(),
                body.devices(),
                startAgain,
                because);
    }

    /** The disks are its own at the new host: what the loss interrupted goes on. */
    private static LinodeStory resume(LinodeStory story) {
        Placed it = story.placed();
        TakingOver job = (TakingOver) it.job();
        if (job.interrupted() instanceof Rebuilding rebuilding) {
            return story.tell(LinodeOrders.rebuildStarted(it, rebuilding.request()));
        }
        if (job.interrupted() instanceof ChangingDisk change) {
            return story.tell(LinodeDisks.ordered(it, change.change(), change.disk()));
        }
        return story.tell(
                job.startAgain() && it.body().bootable()
                        ? LinodeOrders.boot(it, true)
                        : LinodeOrders.stopped(it, false, "its host was lost while it was off"));
    }
}

package lpm.scheduler.linode;

import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeBootRefused;
import lpm.contracts.scheduler.LinodeEvent.LinodeBooted;
import lpm.contracts.scheduler.LinodeEvent.LinodeRebooted;
import lpm.platform.Decision;
import lpm.platform.Refusal;
import lpm.scheduler.linode.LinodeCommand.*;
import lpm.scheduler.linode.LinodeJob.Booting;
import lpm.scheduler.linode.LinodeJob.Idle;
import lpm.scheduler.linode.LinodeJob.Moving;
import lpm.scheduler.linode.LinodeJob.Plugging;
import lpm.scheduler.linode.LinodeJob.Rebooting;
import lpm.scheduler.linode.LinodeJob.Resizing;
import lpm.scheduler.linode.LinodeJob.Stopping;
import lpm.scheduler.linode.LinodeState.Placed;

/** Boot, reboot, shutdown, and what hosts report of them. */
final class LinodePower {
    static final String ALREADY_BOOTED = "Linode already booted.";
    static final String NOT_RUNNING = "Linode is not running.";
    static final String NO_CONFIG = "Linode has no configuration profile with a disk to boot from.";

    private LinodePower() {}

    static Decision<LinodeEvent> decide(LinodeCommand.Power command, LinodeState state) {
        return switch (command) {
            case Boot _ -> boot(state);
            case Reboot _ -> onRunning(state, LinodeOrders::reboot);
            case Shutdown _ -> onRunning(state, LinodeOrders::shutdown);
            case StopForSuspension _ ->
                state instanceof Placed it && it.idle() && it.running()
                        ? Decision.accept(LinodeOrders.shutdown(it))
                        : Decision.accept();
            case NoteBooted it -> booted(it, state);
            case NoteBootFailed it -> bootFailed(it, state);
            case NoteRebooted it -> rebooted(it, state);
            case NoteStopped it -> stopped(it, state);
        };
    }

    private static Decision<LinodeEvent> boot(LinodeState state) {
        if (state instanceof Placed it && willStart(it)) {
            return Decision.accept();
        }
        Optional<Refusal> obstacle = LinodeOrders.obstacle(state);
        if (obstacle.isPresent() || !(state instanceof Placed it)) {
            return Decision.reject(obstacle.orElseThrow());
        }
        if (it.running()) {
            return Decision.reject(ALREADY_BOOTED);
        }
        return it.body().bootable() ? Decision.accept(LinodeOrders.boot(it, false)) : Decision.reject(NO_CONFIG);
    }

    /** A boot ordered while the first disks are made is what happens anyway (the real API accepts it too). */
    private static boolean willStart(Placed it) {
        return it.job() instanceof LinodeJob.Provisioning && it.body().startWanted() && !it.doomed();
    }

    private static Decision<LinodeEvent> onRunning(
            LinodeState state, java.util.function.Function<Placed, LinodeEvent> order) {
        Optional<Refusal> obstacle = LinodeOrders.obstacle(state);
        if (obstacle.isPresent() || !(state instanceof Placed it)) {
            return Decision.reject(obstacle.orElseThrow());
        }
        return it.running() ? Decision.accept(order.apply(it)) : Decision.reject(NOT_RUNNING);
    }

    /** Whether a host's word counts: it is the Linode's host, in this registration, under this owner epoch. */
    static boolean believed(Placed it, HostRef by, long ownerEpoch) {
        return by.equals(it.at()) && ownerEpoch == it.ownerEpoch();
    }

    private static Decision<LinodeEvent> booted(NoteBooted note, LinodeState state) {
        if (!(state instanceof Placed it) || !believed(it, note.by(), note.ownerEpoch())) {
            return Decision.accept();
        }
        return switch (it.job()) {
            case Booting _ ->
                note.generation() == it.body().generation() ? Decision.accept(booted(it)) : Decision.accept();
            // Its customer was told that it does not start: what started late all the same must not be taken for off.
            case Idle _ -> it.running() ? Decision.accept() : Decision.accept(LinodeOrders.shutdown(it));
            default -> Decision.accept();
        };
    }

    static LinodeEvent booted(Placed it) {
        return new LinodeBooted(
                it.body().id(), it.at(), it.ownerEpoch(), it.body().generation());
    }

    static LinodeEvent rebooted(Placed it) {
        return new LinodeRebooted(
                it.body().id(), it.at(), it.ownerEpoch(), it.body().generation());
    }

    private static Decision<LinodeEvent> bootFailed(NoteBootFailed note, LinodeState state) {
        return state instanceof Placed it
                        && (it.job() instanceof Booting || it.job() instanceof Rebooting)
                        && believed(it, note.by(), note.ownerEpoch())
                        && note.generation() == it.body().generation()
                ? Decision.accept(new LinodeBootRefused(it.body().id(), note.reason()))
                : Decision.accept();
    }

    private static Decision<LinodeEvent> rebooted(NoteRebooted note, LinodeState state) {
        return state instanceof Placed it
                        && it.job() instanceof Rebooting
                        && believed(it, note.by(), note.ownerEpoch())
                        && note.generation() == it.body().generation()
                ? Decision.accept(rebooted(it))
                : Decision.accept();
    }

    private static Decision<LinodeEvent> stopped(NoteStopped note, LinodeState state) {
        return state instanceof Placed it && believed(it, note.by(), note.ownerEpoch())
                ? stopped(it, note.cause())
                : Decision.accept();
    }

    /** It does not run any more: what that means depends on the job. */
    static Decision<LinodeEvent> stopped(Placed it, String cause) {
        return switch (it.job()) {
            case Stopping _ -> Decision.accept(LinodeOrders.stopped(it, true, cause));
            case Resizing job -> it.running() ? LinodeChanges.stoppedForResize(it, job) : Decision.accept();
            case Idle _ -> it.running() ? stoppedByItself(it, cause).end() : Decision.accept();
            case Plugging job -> {
                LinodeStory story = new LinodeStory(it).tell(LinodeOrders.stopped(it, false, cause));
                story.tell(LinodeOrders.plugged(story.placed(), job.device(), job.attach()));
                yield restarted(story, cause).end();
            }
            // a cold move shuts the guest down itself; anything else while moving settles with the outcome
            case Moving _ ->
                it.running() && !cause.equals("requested")
                        ? Decision.accept(LinodeOrders.stopped(it, false, cause))
                        : Decision.accept();
            case LinodeJob.Provisioning _, Booting _, Rebooting _, LinodeJob.Rebuilding _ -> Decision.accept();
            case LinodeJob.ChangingDisk _, LinodeJob.TakingOver _ -> Decision.accept();
            case LinodeJob.Destroying _, LinodeJob.Scrubbing _ -> Decision.accept();
        };
    }

    private static LinodeStory stoppedByItself(Placed it, String cause) {
        return restarted(new LinodeStory(it).tell(LinodeOrders.stopped(it, false, cause)), cause);
    }

    /** The watchdog starts again what crashed, not what its guest shut down. */
    private static LinodeStory restarted(LinodeStory story, String cause) {
        Placed it = story.placed();
        boolean wanted = it.body().details().watchdogEnabled() && !cause.equals("guest") && !cause.equals("requested");
        return wanted && it.idle() && it.body().bootable() ? story.tell(LinodeOrders.boot(it, false)) : story;
    }
}

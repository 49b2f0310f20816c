package lpm.scheduler.linode;

import lpm.contracts.host.DomainSeen;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeBootRefused;
import lpm.contracts.scheduler.LinodeEvent.LinodeRebootRequested;
import lpm.platform.Decision;
import lpm.scheduler.linode.LinodeCommand.*;
import lpm.scheduler.linode.LinodeJob.Booting;
import lpm.scheduler.linode.LinodeJob.Destroying;
import lpm.scheduler.linode.LinodeJob.Idle;
import lpm.scheduler.linode.LinodeJob.Plugging;
import lpm.scheduler.linode.LinodeJob.Rebooting;
import lpm.scheduler.linode.LinodeJob.Rebuilding;
import lpm.scheduler.linode.LinodeJob.Resizing;
import lpm.scheduler.linode.LinodeJob.Stopping;
import lpm.scheduler.linode.LinodeState.Placed;

/**
 * A step that takes too long is a question to the host. Its answer settles the step or, as every earlier order has had
 * its turn by then, shows that the order was lost and is to be given again.
 */
final class LinodeQuestions {
    /** How often a boot is ordered before it counts as refused. */
    static final int MAX_BOOT_ORDERS = 3;

    private LinodeQuestions() {}

    static Decision<LinodeEvent> decide(LinodeCommand.Question command, LinodeState state) {
        if (!(state instanceof Placed it)) {
            return Decision.accept();
        }
        return switch (command) {
            case AskHost ask -> ask(ask, it);
            case NoteSeen note -> note.by().equals(it.at()) ? seen(note, it) : Decision.accept();
            case NoteOrderRefused note -> note.by().equals(it.at()) ? refused(note, it) : Decision.accept();
        };
    }

    private static Decision<LinodeEvent> ask(AskHost ask, Placed it) {
        return ask.since() == it.since() && waitsForHost(it)
                ? Decision.accept(
                        LinodeOrders.query(it, it.job().getClass().getSimpleName() + " takes long", ask.attempt()))
                : Decision.accept();
    }

    private static boolean waitsForHost(Placed it) {
        return switch (it.job()) {
            case Booting _, Stopping _, Rebooting _, Plugging _, Destroying _ -> true;
            case Resizing _ -> it.running();
            case Rebuilding job -> !job.started();
            case Idle _, LinodeJob.Provisioning _, LinodeJob.ChangingDisk _, LinodeJob.Moving _ -> false;
            case LinodeJob.TakingOver _, LinodeJob.Scrubbing _ -> false;
        };
    }

    private static Decision<LinodeEvent> seen(NoteSeen note, Placed it) {
        boolean mine = note.seen().ownerEpoch() == it.ownerEpoch();
        boolean runs = mine && note.seen().state() == DomainSeen.State.running;
        boolean off = note.seen().state() == DomainSeen.State.absent
                || (mine && note.seen().state() == DomainSeen.State.off);
        if (!runs && !off) {
            return Decision.accept();
        }
        return switch (it.job()) {
            case Booting job -> seenBooting(note, it, job, runs);
            case Rebooting job -> seenRebooting(note, it, job, runs);
            case Stopping _ -> seenStopping(note, it, runs);
            case Resizing _ -> it.running() ? seenStopping(note, it, runs) : Decision.accept();
            case Rebuilding job -> job.started() ? Decision.accept() : seenDestroying(note, it);
            case Destroying _ -> seenDestroying(note, it);
            case Plugging job -> seenPlugging(note, it, job, runs);
            case Idle _ -> it.running() == runs ? Decision.accept() : seenIdle(note, it, runs);
            case LinodeJob.Provisioning _, LinodeJob.ChangingDisk _, LinodeJob.Moving _ -> Decision.accept();
            case LinodeJob.TakingOver _, LinodeJob.Scrubbing _ -> Decision.accept();
        };
    }

    private static Decision<LinodeEvent> seenBooting(NoteSeen note, Placed it, Booting job, boolean runs) {
        if (runs && note.seen().generation() == it.body().generation()) {
            return Decision.accept(LinodePower.booted(it));
        }
        if (!note.answered()) {
            return Decision.accept();
        }
        return Decision.accept(
                job.orders() < MAX_BOOT_ORDERS
                        ? LinodeOrders.bootAgain(it)
                        : new LinodeBootRefused(it.body().id(), "The host does not start it."));
    }

    private static Decision<LinodeEvent> seenRebooting(NoteSeen note, Placed it, Rebooting job, boolean runs) {
        if (runs && note.seen().generation() == it.body().generation()) {
            return Decision.accept(LinodePower.rebooted(it));
        }
        if (!note.answered()) {
            return Decision.accept();
        }
        return Decision.accept(
                runs
                        ? new LinodeRebootRequested(
                                it.body().id(), it.at(), it.ownerEpoch(), job.spec(), job.graceSeconds())
                        : LinodeOrders.bootAgain(it));
    }

    private static Decision<LinodeEvent> seenStopping(NoteSeen note, Placed it, boolean runs) {
        if (!runs) {
            return LinodePower.stopped(it, "requested");
        }
        return note.answered() ? Decision.accept(LinodeOrders.shutdown(it)) : Decision.accept();
    }

    private static Decision<LinodeEvent> seenDestroying(NoteSeen note, Placed it) {
        if (note.seen().state() == DomainSeen.State.absent) {
            return LinodeDeletion.destroyed(it);
        }
        if (!note.answered()) {
            return Decision.accept();
        }
        return Decision.accept(it.job() instanceof Rebuilding job ? job.request() : LinodeOrders.destroy(it));
    }

    private static Decision<LinodeEvent> seenPlugging(NoteSeen note, Placed it, Plugging job, boolean runs) {
        if (!note.answered()) {
            return Decision.accept();
        }
        return runs
                ? Decision.accept(LinodeOrders.plug(it, job.device(), job.attach()))
                : LinodePower.stopped(it, "found " + note.seen().state());
    }

    /** What nobody asked for here may be older than what came by way of a migration: it only raises the question. */
    private static Decision<LinodeEvent> seenIdle(NoteSeen note, Placed it, boolean runs) {
        if (!note.answered()) {
            String shown = runs ? "its host shows it running" : "its host does not show it running";
            return Decision.accept(LinodeOrders.query(it, shown, 1));
        }
        // Off is what its customer asked for, or was told: a copy that runs all the same is stopped.
        return runs
                ? Decision.accept(LinodeOrders.shutdown(it))
                : LinodePower.stopped(it, "found " + note.seen().state());
    }

    private static Decision<LinodeEvent> refused(NoteOrderRefused note, Placed it) {
        String order = note.order().substring(note.order().indexOf('.') + 1);
        return switch (it.job()) {
            case Booting _
            when order.equals("BootLinode") ->
                Decision.accept(new LinodeBootRefused(it.body().id(), note.reason()));
            case Plugging job
            when order.equals("AttachDevice") || order.equals("DetachDevice") ->
                LinodeVolumes.refused(it, job, note.reason());
            case Booting _, Plugging _, Stopping _, Rebooting _, Resizing _, Rebuilding _, Destroying _, Idle _ ->
                Decision.accept();
            case LinodeJob.Provisioning _, LinodeJob.ChangingDisk _, LinodeJob.Moving _ -> Decision.accept();
            case LinodeJob.TakingOver _, LinodeJob.Scrubbing _ -> Decision.accept();
        };
    }
}

package lpm.scheduler.linode;

import java.util.Optional;
import lpm.contracts.HostRef;
import lpm.contracts.MigrationId;
import lpm.contracts.migration.MigrationCommand.Mode;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoveAborted;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoveRequested;
import lpm.contracts.scheduler.LinodeEvent.LinodeMoved;
import lpm.contracts.scheduler.LinodeEvent.LinodeReplaced;
import lpm.platform.Decision;
import lpm.platform.Refusal;
import lpm.scheduler.linode.LinodeCommand.*;
import lpm.scheduler.linode.LinodeJob.Moving;
import lpm.scheduler.linode.LinodeState.Placed;

/**
 * Moves. While one is open nothing else happens to the Linode: what becomes of a host meanwhile is only noted, and
 * acted on when the outcome is known.
 */
final class LinodeMoves {
    static final String IS_THERE = "The Linode is on this host already.";
    static final String WAS_MOVED = "This move was made already.";

    private LinodeMoves() {}

    static Decision<LinodeEvent> decide(LinodeCommand.Move command, LinodeState state) {
        return switch (command) {
            case RequestMove it -> request(it, state);
            case RefuseMove it -> Decision.reject(it.reason());
            case NoteMoved it ->
                open(state, it.migration())
                        .map(at -> moved(at, (Moving) at.job()))
                        .orElseGet(Decision::accept);
            case NoteMoveAborted it ->
                open(state, it.migration()).map(at -> aborted(at, it)).orElseGet(Decision::accept);
            case NoteMoveLost it ->
                open(state, it.migration())
                        .map(at -> nowhere(abort(at, it.reason()), true, it.reason())
                                .end())
                        .orElseGet(Decision::accept);
        };
    }

    private static Decision<LinodeEvent> request(RequestMove wish, LinodeState state) {
        if (state instanceof Placed it && it.body().lastMove().equals(Optional.of(wish.migration()))) {
            boolean same = it.job() instanceof Moving job && job.target().equals(wish.target());
            return same ? Decision.accept() : Decision.reject(WAS_MOVED);
        }
        Optional<Refusal> obstacle = LinodeOrders.obstacle(state);
        if (obstacle.isPresent() || !(state instanceof Placed it)) {
            return Decision.reject(obstacle.orElseThrow());
        }
        if (wish.target().host().equals(it.at().host())) {
            return Decision.reject(IS_THERE);
        }
        LinodeBody body = it.body();
        long next = body.highestEpoch() + 1;
        if (!it.running()) {
            return Decision.accept(new LinodeReplaced(
                    body.id(), it.at(), wish.target(), next, body.sizing().resources(), wish.because()));
        }
        return Decision.accept(new LinodeMoveRequested(
                body.id(),
                body.account(),
                wish.migration(),
                wish.mode(),
                it.at(),
                wish.target(),
                it.ownerEpoch(),
                next,
                body.bootSpec(body.generation()),
                wish.maxPauseMillis(),
                wish.because()));
    }

    private static Optional<Placed> open(LinodeState state, MigrationId migration) {
        return state instanceof Placed it
                        && it.job() instanceof Moving job
                        && job.migration().equals(migration)
                ? Optional.of(it)
                : Optional.empty();
    }

    private static Decision<LinodeEvent> moved(Placed it, Moving job) {
        LinodeStory story = new LinodeStory(it)
                .tell(new LinodeMoved(
                        it.body().id(),
                        job.migration(),
                        it.at(),
                        job.target(),
                        job.nextEpoch(),
                        it.body().sizing().resources()));
        return (isGone(job, job.target())
                        ? nowhere(story, true, "host " + job.target().host() + " is lost")
                        : story)
                .end();
    }

    private static Decision<LinodeEvent> aborted(Placed it, NoteMoveAborted note) {
        Moving job = (Moving) it.job();
        LinodeStory story = abort(it, note.reason());
        if (note.sourceFenced() || isGone(job, it.at())) {
            boolean startAgain = it.running() || job.mode() == Mode.cold;
            return nowhere(story, startAgain, "host " + it.at().host() + " is lost")
                    .end();
        }
        boolean unsure = job.mode() == Mode.cold && !it.doomed();
        return (unsure ? story.tell(LinodeOrders.query(story.placed(), "a cold move was aborted", 1)) : story).end();
    }

    private static LinodeStory abort(Placed it, String reason) {
        Moving job = (Moving) it.job();
        return new LinodeStory(it)
                .tell(new LinodeMoveAborted(it.body().id(), job.migration(), it.at(), job.target(), reason));
    }

    private static boolean isGone(Moving job, HostRef named) {
        return job.gone().stream().anyMatch(each -> LinodePlacing.covers(each, named));
    }

    /** The move's outcome names a host that is out: it runs nowhere. */
    private static LinodeStory nowhere(LinodeStory story, boolean startAgain, String because) {
        return story.placed().doomed()
                ? LinodeDeletion.tearDown(story)
                : LinodePlacing.lost(story, startAgain, because);
    }
}

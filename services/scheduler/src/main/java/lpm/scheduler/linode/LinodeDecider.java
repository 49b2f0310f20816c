package lpm.scheduler.linode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.scheduler.LinodeEvent;
import lpm.platform.Decider;
import lpm.platform.Decision;
import lpm.platform.Scope;
import lpm.scheduler.linode.LinodeState.Deleted;
import lpm.scheduler.linode.LinodeState.Lost;
import lpm.scheduler.linode.LinodeState.Placed;
import lpm.scheduler.linode.LinodeState.Unknown;
import lpm.scheduler.linode.LinodeState.Unplaced;

/**
 * Decides about one Linode: one job at a time, one host at a time, and no owner epoch twice. Facts of hosts count only
 * under the registration and owner epoch the Linode has now. A timeout is never a verdict, only a question to the host.
 */
public final class LinodeDecider implements Decider<LinodeCommand, LinodeState, LinodeEvent> {
    /** Steps that may follow by themselves after one decision. */
    private static final int MAX_FOLLOW_UPS = 4;

    @Override
    public LinodeState initial() {
        return new Unknown(0);
    }

    @Override
    public Decision<LinodeEvent> decide(LinodeCommand command, LinodeState state) {
        Decision<LinodeEvent> decision =
                switch (command) {
                    case LinodeCommand.Power it -> LinodePower.decide(it, state);
                    case LinodeCommand.Question it -> LinodeQuestions.decide(it, state);
                    case LinodeCommand.Change it -> LinodeChanges.decide(it, state);
                    case LinodeCommand.Disk it -> LinodeDisks.decide(it, state);
                    case LinodeCommand.Placing it -> LinodePlacing.decide(it, state);
                    case LinodeCommand.Move it -> LinodeMoves.decide(it, state);
                    case LinodeCommand.Device it -> LinodeVolumes.decide(it, state);
                    case LinodeCommand.Deletion it -> LinodeDeletion.decide(it, state);
                };
        return switch (decision) {
            case Decision.Accepted<LinodeEvent> it -> Decision.accept(withFollowUps(state, it.events()));
            case Decision.Rejected<LinodeEvent> it -> it;
        };
    }

    /** What waited for the job that just ended begins in the same decision. */
    private static List<LinodeEvent> withFollowUps(LinodeState before, List<LinodeEvent> events) {
        List<LinodeEvent> all = new ArrayList<>(events);
        LinodeState state = before;
        for (LinodeEvent event : events) {
            state = LinodeEvolution.evolve(state, event);
        }
        for (int i = 0; i < MAX_FOLLOW_UPS; i++) {
            Optional<LinodeEvent> next = followUp(state);
            if (next.isEmpty()) {
                break;
            }
            all.add(next.get());
            state = LinodeEvolution.evolve(state, next.get());
        }
        return all;
    }

    private static Optional<LinodeEvent> followUp(LinodeState state) {
        if (!(state instanceof Placed it) || !(it.job() instanceof LinodeJob.Idle)) {
            return Optional.empty();
        }
        if (it.doomed()) {
            return Optional.of(LinodeOrders.destroy(it));
        }
        return it.body().queue().stream()
                .findFirst()
                .map(next -> LinodeVolumes.begin(it, next.device(), next.attach()));
    }

    @Override
    public LinodeState evolve(LinodeState state, LinodeEvent event) {
        return LinodeEvolution.evolve(state, event);
    }

    @Override
    public Scope scope(LinodeState state) {
        return switch (state) {
            case Unknown _ -> Scope.NONE;
            case Unplaced it -> Scope.of(it.body().account());
            case Placed it ->
                new Scope(it.body().account(), it.ownerEpoch(), it.at().hostEpoch());
            case Lost it ->
                new Scope(it.body().account(), it.ownerEpoch(), it.lostAt().hostEpoch());
            case Deleted it -> Scope.of(it.account());
        };
    }
}

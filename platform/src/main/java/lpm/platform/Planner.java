package lpm.platform;

import java.util.List;
import java.util.function.Function;
import lpm.contracts.Command;
import lpm.platform.Commands.Outcome;

/**
 * Answers a question over many aggregates (placement, a lookup of ids) with a proposal. Pure but for reading rows. The
 * deciders re-verify what it proposes, so rows a moment stale are harmless.
 *
 * @param <Q> the question: an internal command that no decider handles
 */
public interface Planner<Q extends Command> {
    /** Proposals tried at most before the last one stands. */
    int MAX_ALTERNATIVES = 16;

    Class<Q> question();

    /**
     * Alternatives in order of preference. Each is one unit of work: all of its commands are accepted, or none
     * happens and
     * the next alternative is tried. An empty result means that there is nothing to do.
     */
    List<List<Command>> plan(Q question, Lookup rows);

    /** Has alternatives decided until one is accepted; otherwise the last refusal stands. */
    default Outcome settle(Command asked, Lookup rows, Function<List<Command>, Outcome> decide) {
        List<List<Command>> alternatives = plan(question().cast(asked), rows);
        Outcome last = new Outcome.Accepted(List.of());
        for (List<Command> alternative : alternatives.subList(0, Math.min(alternatives.size(), MAX_ALTERNATIVES))) {
            last = decide.apply(alternative);
            if (last instanceof Outcome.Accepted) {
                return last;
            }
        }
        return last;
    }
}

package lpm.platform;

import java.util.List;
import lpm.contracts.Command;

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
}

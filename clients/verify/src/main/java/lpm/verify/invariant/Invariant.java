package lpm.verify.invariant;

import java.util.Set;
import lpm.verify.history.History;
import lpm.verify.history.Part;

/**
 * Something that must always be true.
 *
 * @param name its number in the list of invariants, or a word where it has none
 * @param says what must be true
 */
public record Invariant(String name, String says, How how) {
    /** How it is known whether it holds. */
    public sealed interface How {
        /** By looking at a history that has these parts. */
        record Looked(Set<Part> needs, Look look) implements How {}

        /** Not by reading logs. */
        record Elsewhere(String where) implements How {}
    }

    /** Finds what breaks it. */
    @FunctionalInterface
    public interface Look {
        void at(History history, Findings findings);
    }

    static Invariant of(String name, String says, Look look, Part... needs) {
        return new Invariant(name, says, new How.Looked(Set.of(needs), look));
    }

    static Invariant elsewhere(String name, String says, String where) {
        return new Invariant(name, says, new How.Elsewhere(where));
    }
}

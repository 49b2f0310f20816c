package lpm.verify.source;

import lpm.verify.history.History;

/** Where a history is read from. */
@FunctionalInterface
public interface Source {
    /** Looks once. Throws {@link Unreadable} if that is not possible. */
    History read();
}

package lpm.verify.invariant;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a look at one invariant comes to: how much it looked at, how often it was broken and where first. */
public final class Findings {
    private long looked;
    private long broken;
    private @Nullable String first;
    private @Nullable String note;

    /** One more thing that could have broken it. */
    void look() {
        looked++;
    }

    /** It is broken here. */
    void broken(Object where, String why) {
        if (first == null) {
            first = where + ": " + why;
        }
        broken++;
    }

    /** Broken here unless that holds. */
    void expect(boolean holds, Object where, String why) {
        look();
        if (!holds) {
            broken(where, why);
        }
    }

    /** Something to be told even if all holds. */
    void note(String what) {
        note = what;
    }

    public long looked() {
        return looked;
    }

    public long broken() {
        return broken;
    }

    /** The first offence, in words. */
    public Optional<String> first() {
        return Optional.ofNullable(first);
    }

    public Optional<String> note() {
        return Optional.ofNullable(note);
    }
}

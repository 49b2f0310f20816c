package lpm.hostagent.steps;

import java.util.List;
import java.util.Optional;
import lpm.contracts.host.HostReport;

/**
 * What a step came to.
 *
 * @param facts what it has made true
 * @param then what must be done right after it, before the next step of the plan
 */
record Taken(List<HostReport> facts, Optional<Step> then) {
    /** A step that says nothing by itself. */
    static final Taken SILENTLY = new Taken(List.of(), Optional.empty());

    Taken {
        facts = List.copyOf(facts);
    }

    static Taken saying(HostReport fact) {
        return new Taken(List.of(fact), Optional.empty());
    }
}

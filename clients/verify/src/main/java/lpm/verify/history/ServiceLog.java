package lpm.verify.history;

import java.util.List;
import java.util.Set;

/**
 * What one service stored.
 *
 * @param published the position up to which its relay says it has published
 * @param laidAside the places of records the service refused to take for now
 * @param stuck own work that waits for an operator, in words
 */
public record ServiceLog(
        String service, List<Entry> events, long published, Set<String> laidAside, List<String> stuck) {
    public ServiceLog {
        events = List.copyOf(events);
        laidAside = Set.copyOf(laidAside);
        stuck = List.copyOf(stuck);
    }
}

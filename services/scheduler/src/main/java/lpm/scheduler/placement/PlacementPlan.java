package lpm.scheduler.placement;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lpm.contracts.scheduler.PlacementEvent.Dropped;
import lpm.contracts.scheduler.PlacementEvent.HostRefusal;
import lpm.contracts.scheduler.PlacementEvent.Scored;

/**
 * What the planner found.
 *
 * @param best the hosts to try, best first
 * @param dropped how many hosts each rule dropped
 * @param refused some of the dropped hosts, with the rule that dropped each
 */
public record PlacementPlan(
        Want want, int considered, List<FleetHost> best, Map<String, Integer> dropped, List<Refused> refused) {
    public PlacementPlan {
        best = List.copyOf(best);
        refused = List.copyOf(refused);
    }

    /** A dropped host. */
    record Refused(FleetHost host, Rule rule) {}

    /** The hosts to try, with what their scores are made of. */
    public List<Scored> scored() {
        return best.stream()
                .map(host -> new Scored(host.id(), Score.of(host, want), Score.parts(host, want)))
                .toList();
    }

    public List<Dropped> droppedByRule() {
        return dropped.entrySet().stream()
                .map(each -> new Dropped(each.getKey(), each.getValue()))
                .toList();
    }

    public List<HostRefusal> refusals() {
        return refused.stream()
                .map(each -> new HostRefusal(
                        each.host().id(), each.rule().name(), each.rule().sentence(each.host(), want)))
                .toList();
    }

    /** Why no host can take it, in one line. */
    public String obstacle() {
        if (considered == 0) {
            return "No host can take the Linode: region " + want.region() + " has none.";
        }
        String reasons = refused.stream()
                .limit(MAX_TOLD)
                .map(each -> each.host().id() + ": " + each.rule().sentence(each.host(), want))
                .collect(Collectors.joining("; "));
        String more = considered > MAX_TOLD ? " …" : "";
        return "No host of " + considered + " can take the Linode (" + reasons + more + ").";
    }

    /** Hosts named in the line of {@link #obstacle} at most. */
    private static final int MAX_TOLD = 3;
}

package lpm.scheduler.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.scheduler.PlacementEvent.HostRefusal;

/**
 * Chooses hosts: drops those a rule forbids, scores the rest, and among near-equals lets the Linode's id decide, so
 * that many placements at once do not all go for the same host. One pass over the fleet.
 */
public final class PlacementPlanner {
    /** Hosts proposed at most. */
    public static final int MAX_BEST = 8;

    /** Dropped hosts kept with a decision at most; the rest is only counted. */
    public static final int MAX_REFUSALS = 32;

    private final List<Rule> rules;

    public PlacementPlanner() {
        this(Rule.ALL);
    }

    PlacementPlanner(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The hosts to try, and why the others are out. */
    public PlacementPlan plan(Fleet fleet, Want want) {
        FleetHost[] best = new FleetHost[MAX_BEST];
        double[] scores = new double[MAX_BEST];
        int found = 0;
        int[] dropped = new int[rules.size()];
        List<PlacementPlan.Refused> refused = new ArrayList<>();
        List<FleetHost> hosts = fleet.hosts();
        for (int i = 0; i < hosts.size(); i++) {
            FleetHost host = hosts.get(i);
            int rule = firstAgainst(host, want);
            if (rule < 0) {
                found = insert(best, scores, found, host, Score.seeded(host, want));
            } else {
                dropped[rule]++;
                if (refused.size() < MAX_REFUSALS) {
                    refused.add(new PlacementPlan.Refused(host, rules.get(rule)));
                }
            }
        }
        return new PlacementPlan(want, hosts.size(), Arrays.asList(best).subList(0, found), counts(dropped), refused);
    }

    /** Whether every rule lets this host take it. */
    public boolean allows(FleetHost host, Want want) {
        return firstAgainst(host, want) < 0;
    }

    /** Why a host is dropped; empty when every rule lets it take it. */
    Optional<HostRefusal> refusal(FleetHost host, Want want) {
        int rule = firstAgainst(host, want);
        return rule < 0
                ? Optional.empty()
                : Optional.of(new HostRefusal(
                        host.id(), rules.get(rule).name(), rules.get(rule).sentence(host, want)));
    }

    private int firstAgainst(FleetHost host, Want want) {
        for (int i = 0; i < rules.size(); i++) {
            if (!rules.get(i).allows(host, want)) {
                return i;
            }
        }
        return -1;
    }

    /** Keeps the best hosts in order; ties go to the one seen first. */
    private static int insert(FleetHost[] best, double[] scores, int found, FleetHost host, double score) {
        if (found == best.length && score <= scores[found - 1]) {
            return found;
        }
        int at = Math.min(found, best.length - 1);
        while (at > 0 && scores[at - 1] < score) {
            best[at] = best[at - 1];
            scores[at] = scores[at - 1];
            at--;
        }
        best[at] = host;
        scores[at] = score;
        return Math.min(found + 1, best.length);
    }

    private Map<String, Integer> counts(int[] dropped) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < dropped.length; i++) {
            if (dropped[i] > 0) {
                counts.put(rules.get(i).name(), dropped[i]);
            }
        }
        return counts;
    }
}

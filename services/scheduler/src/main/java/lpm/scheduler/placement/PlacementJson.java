package lpm.scheduler.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lpm.contracts.scheduler.PlacementEvent.HostRefusal;
import lpm.contracts.scheduler.PlacementEvent.Part;
import lpm.platform.rest.Refused;
import org.jspecify.annotations.Nullable;

/** What operators ask about placement, and what they are answered. */
final class PlacementJson {
    /** Hosts named in one explanation at most. */
    static final int MAX_HOSTS = 1000;

    private PlacementJson() {}

    /** For which type and region, or for which existing Linode. */
    record Question(
            @Nullable String type,
            @Nullable String region,
            @Nullable Long linode) {
        String knownType() {
            return required("type", type);
        }

        String knownRegion() {
            return required("region", region);
        }

        private static String required(String field, @Nullable String value) {
            if (value == null || value.isBlank()) {
                throw Refused.of(field, field + " is required");
            }
            return value;
        }
    }

    /** Which host would be chosen, and what becomes of the others. */
    record Explanation(@Nullable String chosen, int considered, List<Candidate> hosts) {}

    /** One host: its score, or the rule that drops it. */
    record Candidate(
            String host,
            boolean allowed,
            double score,
            List<Part> parts,
            @Nullable String rule,
            @Nullable String reason) {}

    static Explanation explain(PlacementPlanner planner, Fleet fleet, Want want) {
        List<Candidate> all = new ArrayList<>();
        for (FleetHost host : fleet.hosts()) {
            all.add(planner.refusal(host, want)
                    .map(PlacementJson::dropped)
                    .orElseGet(() -> new Candidate(
                            host.id().value(), true, Score.of(host, want), Score.parts(host, want), null, null)));
        }
        all.sort(Comparator.comparing(Candidate::allowed)
                .thenComparing(Candidate::score)
                .reversed()
                .thenComparing(Candidate::host));
        String chosen = planner.plan(fleet, want).best().stream()
                .findFirst()
                .map(host -> host.id().value())
                .orElse(null);
        return new Explanation(chosen, all.size(), all.subList(0, Math.min(MAX_HOSTS, all.size())));
    }

    private static Candidate dropped(HostRefusal refusal) {
        return new Candidate(refusal.host().value(), false, 0, List.of(), refusal.rule(), refusal.reason());
    }
}

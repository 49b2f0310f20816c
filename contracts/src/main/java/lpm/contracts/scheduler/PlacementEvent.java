package lpm.contracts.scheduler;

import java.util.List;
import java.util.Optional;
import lpm.contracts.AccountId;
import lpm.contracts.Event;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.LinodeId;
import lpm.contracts.Region;
import lpm.contracts.Resources;

/** Why a Linode got the host it has; aggregate {@code decision:<linode>-<n>}, written once. */
public sealed interface PlacementEvent extends Event {

    /**
     * A host was chosen among the candidates, or none could be.
     *
     * @param purpose create, recovery or move
     * @param considered how many hosts were looked at
     * @param best the hosts that passed every rule with the highest scores, best first
     * @param dropped how many hosts each rule dropped
     * @param refusals why some of them were dropped, in words
     */
    record PlacementDecided(
            String decision,
            LinodeId linode,
            AccountId account,
            Region region,
            Resources resources,
            String purpose,
            Optional<HostRef> chosen,
            int considered,
            List<Scored> best,
            List<Dropped> dropped,
            List<HostRefusal> refusals)
            implements PlacementEvent {
        public PlacementDecided {
            best = List.copyOf(best);
            dropped = List.copyOf(dropped);
            refusals = List.copyOf(refusals);
        }
    }

    /** A host that passed every rule, and what its score is made of. */
    record Scored(HostId host, double score, List<Part> parts) {
        public Scored {
            parts = List.copyOf(parts);
        }
    }

    /** One weighted part of a score. */
    record Part(String name, double value, double weight) {}

    /** How many hosts a rule dropped. */
    record Dropped(String rule, int hosts) {}

    /** Why one host was dropped. */
    record HostRefusal(HostId host, String rule, String reason) {}
}

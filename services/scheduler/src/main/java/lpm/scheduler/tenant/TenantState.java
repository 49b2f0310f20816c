package lpm.scheduler.tenant;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lpm.contracts.LinodeId;

/** A tenant's phases. */
public sealed interface TenantState {
    /** Nothing was heard of it, and it has nothing. */
    record Unheard() implements TenantState {}

    /** It has Linodes by label, and as many more as its limit allows; none was heard yet where that is empty. */
    record Known(Map<String, LinodeId> labels, Optional<Limit> limit) implements TenantState {
        public Known {
            labels = Map.copyOf(labels);
        }

        Known with(String label, LinodeId linode) {
            Map<String, LinodeId> all = new HashMap<>(labels);
            all.put(label, linode);
            return new Known(all, limit);
        }

        Known without(String label) {
            Map<String, LinodeId> all = new HashMap<>(labels);
            all.remove(label);
            return new Known(all, limit);
        }
    }

    /** What account last said. */
    record Limit(int linodes, boolean suspended) {}
}

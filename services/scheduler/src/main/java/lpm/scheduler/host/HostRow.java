package lpm.scheduler.host;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import lpm.contracts.HostId;
import lpm.contracts.HostRef;
import lpm.contracts.Resources;
import org.jspecify.annotations.Nullable;

/**
 * A host as operators list it and planners read it.
 *
 * @param state enrolling, active, cordoned, draining, maintenance (drained), suspected or fenced
 * @param standing how far a registered host is believed to live
 * @param drain the drain that empties, or has emptied, it
 * @param claimed whether another machine wants this id
 * @param publicKey what secrets for it are sealed to; none before it has registered
 */
@JsonNaming(SnakeCaseStrategy.class)
public record HostRow(
        String id,
        String region,
        String rack,
        String hostUuid,
        String state,
        String standing,
        @Nullable String cordonReason,
        @Nullable Long drain,
        long hostEpoch,
        String hypervisor,
        String cpuModel,
        List<String> pools,
        Size capacity,
        Size usable,
        Size committed,
        Size free,
        int linodes,
        boolean claimed,
        @Nullable String publicKey) {
    /** The table of these rows, by host id. */
    public static final String TABLE = "host_view";

    /** The only state in which a host takes new Linodes. */
    public static final String ACTIVE = "active";

    /** The state, and the standing, of a host that lost all it had. */
    public static final String FENCED = "fenced";

    public HostRow {
        pools = List.copyOf(pools);
    }

    /** Resources in the API's words. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Size(int vcpus, long memoryMib) {
        static Size of(Resources resources) {
            return new Size(resources.vcpus(), resources.memoryMib());
        }
    }

    public HostRef ref() {
        return new HostRef(new HostId(id), hostEpoch);
    }
}

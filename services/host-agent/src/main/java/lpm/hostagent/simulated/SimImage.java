package lpm.hostagent.simulated;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;

/** Bytes in a pool and their write lock. */
final class SimImage {
    final PoolId pool;
    final String name;
    long sizeMib;
    String content = "";
    Optional<LinodeId> lockedBy = Optional.empty();
    long lockEpoch;

    @JsonCreator
    SimImage(@JsonProperty("pool") PoolId pool, @JsonProperty("name") String name) {
        this.pool = pool;
        this.name = name;
    }
}

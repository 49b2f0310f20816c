package lpm.hostagent.simulated;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import lpm.contracts.LinodeId;
import lpm.contracts.PoolId;
import lpm.contracts.host.RootAccess;

/** Bytes in a pool and their write lock. */
final class SimImage {
    final PoolId pool;
    final String name;
    long sizeMib;
    String content = "";
    Optional<LinodeId> lockedBy = Optional.empty();
    long lockEpoch;

    /** What the content of an image ends with that was made to let in this owner alone. */
    static String ownerMark(RootAccess owner) {
        byte[] told = String.join("\n", owner.rootHash(), String.join("\n", owner.authorizedKeys()))
                .getBytes(StandardCharsets.UTF_8);
        return ", lets in " + UUID.nameUUIDFromBytes(told);
    }

    @JsonCreator
    SimImage(@JsonProperty("pool") PoolId pool, @JsonProperty("name") String name) {
        this.pool = pool;
        this.name = name;
    }
}
